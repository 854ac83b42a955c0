import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { savedSong } from '../../support/story/claims.ts'
import { patient, untilDone } from '../../support/story/studio-page.ts'
import { comparedIn, goesOnUnchanged, isTelling } from './comparison.ts'
import { heardAround } from './output-tap.ts'
import { HARMONY_SEC, LEAD_SEC, PROJECT_RATE_HZ, type Journey, type Stage } from './stage.ts'

const save = { keys: 'Control+s', entry: 'Save' } as const

const conversionCount = async ({ studio }: Stage): Promise<number> => (await studio.jobs('convert')).length

/** Asks for the conversion of Lead and waits until it is heard as it is asked for. */
export async function convertLead({ hand, view }: Stage): Promise<void> {
  await hand.region(view.sung('Lead'), { keys: 'c', entries: ['Convert'] })
  await expect.poll(() => view.sung('Lead').getAttribute('data-state'), untilDone).toBe('converted')
}

export const importing: Journey = {
  number: 1,
  name: 'two stems come in, named, at the start, and can be focused',
  async walk({ hand, studio: { page, recordings }, view }) {
    await hand.importIntoNewSong('Stems', recordings.stemNames)
    await expect.poll(() => page.locator('[data-region]').count(), patient).toBe(2)
    for (const [name, sec] of [
      ['Lead', LEAD_SEC],
      ['Harmony', HARMONY_SEC],
    ] as const) {
      const label = await view.region(name).getAttribute('aria-label')
      expect(label).toContain(`${name}, 0.0 to ${sec.toFixed(1)} seconds`)
      await hand.select(view.region(name))
      expect(await view.region(name).evaluate((region) => region === document.activeElement)).toBe(true)
    }
  },
}

export const converting: Journey = {
  number: 2,
  name: 'a shipped singer sings it, sad at sixty percent, through every state',
  async walk(stage) {
    const { hand, singer, view } = stage
    const lead = view.sung('Lead')
    expect(await view.region('Lead').getAttribute('data-state')).toBe('original')
    await view.record()
    await hand.singWith(view.region('Lead'), singer)
    await expect.poll(() => lead.getAttribute('data-state'), patient).toBe('assigned')
    await hand.emotion(lead, 'Sad')
    for (const percent of [75, 60]) {
      await hand.intensity(percent)
      await expect.poll(() => lead.getAttribute('aria-label'), patient).toContain(`sad ${percent} percent`)
    }
    await convertLead(stage)
    const { states, announcements } = await view.recorded()
    expect(states).toEqual(['assigned', 'queued', 'converting', 'converted'])
    expect(announcements.filter((text) => text === 'Lead is converted.')).toHaveLength(1)
    expect(new Set(announcements).size).toBe(announcements.length)
  },
}

export const changing: Journey = {
  number: 3,
  name: 'another emotion makes it out of date, and undo brings the sound back without a job',
  async walk(stage) {
    const { hand, view } = stage
    const before = await conversionCount(stage)
    await hand.emotion(view.sung('Lead'), 'Happy')
    await expect.poll(() => view.sung('Lead').getAttribute('data-state'), patient).toBe('stale')
    await hand.undo()
    await expect.poll(() => view.sung('Lead').getAttribute('data-state'), patient).toBe('converted')
    expect(await conversionCount(stage)).toBe(before)
  },
}

/** A switch in a rest of the voice tells nothing; in a region of which an eighth is silent a few are in one. */
const MOST_SWITCHES = 40

export const comparing: Journey = {
  number: 4,
  name: 'original and converted are compared ten times while the song plays on: at the same place, and no louder',
  async walk({ controls, hand, studio: { host, page }, view }) {
    const transport = page.getByLabel('Transport')
    const compared = comparedIn(host.paths.unsavedFolder, LEAD_SEC * PROJECT_RATE_HZ)
    await hand.region(view.sung('Lead'), { keys: 'Shift+L', entries: ['Loop the selection'] })
    await hand.use(controls.button('Mute Harmony'))
    await hand.playheadTo(0)
    await hand.use(controls.button('Play'))
    // The loudness of both is measured while they play for the first time.
    await expect.poll(view.playheadSamples, patient).toBeGreaterThan(LEAD_SEC * PROJECT_RATE_HZ * 0.5)
    let told = 0
    for (let turn = 0; told < 10; turn++) {
      const [heard, other] =
        turn % 2 === 0 ? (['Original', 'Converted'] as const) : (['Converted', 'Original'] as const)
      const sound = await heardAround(page, () => hand.listenTo(heard))
      expect(await transport.getByRole('radio', { name: heard }).getAttribute('aria-checked')).toBe('true')
      expect(await view.isPlaying()).toBe(true)
      expect(turn).toBeLessThan(MOST_SWITCHES)
      if (!isTelling(sound)) continue
      told++
      goesOnUnchanged(sound, compared[soundNamed[other]], compared[soundNamed[heard]])
    }
    await hand.use(controls.button('Stop'))
    await hand.undo()
    await expect.poll(() => controls.button('Mute Harmony').getAttribute('aria-pressed'), patient).toBe('false')
  },
}
const soundNamed = { Original: 'original', Converted: 'converted' } as const
export const editing: Journey = {
  number: 5,
  name: 'split, trimmed, moved to another lane, crossfaded and joined: undone, it is the same file',
  async walk({ controls, hand, songPath, studio, view }) {
    const { page } = studio
    await hand.song(save)
    await hand.type(controls.dialog('Save as').getByLabel('File name'), 'Stems')
    await hand.pickFolder('Songs', 'Save')
    await expect.poll(() => page.getByLabel('Status').innerText(), patient).toContain('Saved ')
    await page.getByRole('heading', { level: 1, name: 'Stems', exact: true }).waitFor({ state: 'attached' })
    await savedSong(songPath, () => hand.song(save))
    const before = readFileSync(songPath)
    const shown = await view.everything()
    const harmony = page.locator('[data-region][aria-label^="Harmony, "]')
    const parts = async (count: number) => expect.poll(() => harmony.count(), patient).toBe(count)

    await hand.playheadTo(1)
    await hand.region(harmony.first(), { keys: 's', entries: ['Split at playhead'] })
    await parts(2)
    await hand.playheadTo(2.5)
    await hand.trimEndToPlayhead(harmony.last())
    await expect.poll(() => harmony.last().getAttribute('aria-label'), patient).toMatch(/1\.0 to 2\.[45] seconds/)
    await hand.selectBoth(harmony.first(), harmony.last())
    await both(hand, harmony.first(), 'Shift+F', ['Fades', 'Crossfade with the neighbor'])
    await controls.button(/^Undo: Crossfade 2 regions/).waitFor()
    await hand.playheadTo(1.75)
    await hand.region(harmony.last(), { keys: 's', entries: ['Split at playhead'] })
    await parts(3)
    await hand.selectBoth(harmony.nth(1), harmony.last())
    await both(hand, harmony.nth(1), 'Control+j', ['Join'])
    await parts(2)
    await hand.moveToLane(harmony.last(), 'Lead')
    const leadLane = page.locator('[data-lane]').filter({ has: page.locator('[data-region][aria-label^="Lead, "]') })
    await expect.poll(() => leadLane.first().locator('[data-region]').count(), patient).toBe(2)

    for (let step = 0; step < 6; step++) await hand.undo()
    await expect.poll(view.everything, patient).toEqual(shown)
    await savedSong(songPath, () => hand.song(save))
    expect(readFileSync(songPath).equals(before)).toBe(true)
  },
}
/** On a selection of several, which a press on one of them would end. */
async function both(
  hand: Stage['hand'],
  first: Parameters<Stage['hand']['region']>[0],
  keys: string,
  entries: readonly string[],
): Promise<void> {
  if (hand.way === 'keyboard') return first.page().keyboard.press(keys)
  await hand.region(first, { keys, entries })
}

export const comping: Journey = {
  number: 6,
  name: 'three takes are chosen, cut, put together and flattened',
  async walk(stage) {
    const { hand, studio, view } = stage
    const { page } = studio
    const lead = view.sung('Lead')
    for (const emotion of ['Happy', 'Angry']) {
      await hand.emotion(lead, emotion)
      await convertLead(stage)
    }
    const jobs = await conversionCount(stage)
    await hand.select(lead)
    const takeButton = (take: number) => page.getByRole('button', { name: new RegExp(`^Take ${take}, `) })
    for (const take of [1, 2, 3]) {
      await hand.region(lead, { keys: String(take), entries: ['Takes', `Take ${take}`] })
      await expect.poll(() => takeButton(take).getAttribute('aria-pressed'), patient).toBe('true')
    }
    await hand.playheadTo(2)
    await hand.region(lead, { keys: 'Alt+s', entries: ['Takes', 'Cut the takes at the playhead'] })
    await hand.takeAtPlayhead(lead, 1)
    await expect.poll(() => takeButton(1).getAttribute('aria-pressed'), patient).toBe('true')
    expect(await takeButton(3).getAttribute('aria-pressed')).toBe('true')
    await hand.region(lead, { keys: null, entries: ['Takes', 'Flatten the comp to regions'] })
    await expect.poll(() => page.locator('[data-region]:not(.source)').count(), patient).toBe(2)
    await hand.undo()
    await expect.poll(() => page.locator('[data-region]:not(.source)').count(), patient).toBe(1)
    expect(await conversionCount(stage)).toBe(jobs)
  },
}
