import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
import { openWavReader } from '../../../src/main/files/wav-file.ts'
import { keyboardOf, type Keyboard } from '../../support/story/keyboard.ts'
import { openStudioPage, patient, type StudioPage, untilDone } from '../../support/story/studio-page.ts'
import { readSong, timelineView, type TimelineView, writtenAtMs } from '../../support/story/timeline-view.ts'

const STORY_MS = 300_000

let studio: StudioPage
let keys: Keyboard
let view: TimelineView
beforeAll(async () => {
  studio = await openStudioPage('keyboard')
  keys = keyboardOf(studio.page)
  view = timelineView(studio.page)
})
afterEach(({ task }) => studio.keepFailure(task.result?.state))
afterAll(() => studio?.close())

const button = (name: string | RegExp) => studio.page.getByRole('button', { name, exact: typeof name === 'string' })
const radio = (name: string | RegExp) => studio.page.getByRole('radio', { name })
const heading = (name: string | RegExp) => studio.page.getByRole('heading', { name })
const dialog = (name: string | RegExp) => studio.page.getByRole('dialog', { name })
const picked = (name: string) => dialog(/Choose|Save as/).getByRole('button', { name, exact: true })

/** In the picker: into a folder of the home, with the arrows and Enter. */
async function enterFolder(name: string): Promise<void> {
  await keys.reach(
    dialog(/Choose|Save as/)
      .locator('ul button')
      .first(),
  )
  await keys.arrowTo(picked(name))
  await keys.press('Enter')
}

async function chooseFiles(names: readonly string[]): Promise<void> {
  for (const name of [...names].sort()) {
    await picked(name).waitFor()
    await keys.reach(dialog('Choose files').locator('ul button').first())
    await keys.arrowTo(picked(name))
    await keys.press('Space')
    await expect.poll(() => picked(name).getAttribute('aria-pressed'), patient).toBe('true')
  }
  await keys.use(button(names.length > 1 ? `Choose ${names.length} files` : 'Choose'))
}

/** Into the lanes with the tab key, then over the regions with the arrows. */
async function focusRegion(wanted: Locator, ...arrows: readonly string[]): Promise<void> {
  await keys.reach(studio.page.locator('[data-region][tabindex="0"]'))
  for (const arrow of arrows) {
    if (await wanted.evaluate((element) => element === document.activeElement)) break
    await keys.press(arrow)
    await expect.poll(() => wanted.evaluate((element) => element === document.activeElement), patient).toBe(true)
  }
}

const songPath = () => join(studio.home, 'Songs', 'Paper Lanterns.understudy')

/** Saves again and reads what then lies there. */
async function save(): Promise<unknown> {
  const before = writtenAtMs(songPath())
  await keys.press('Control+s')
  await expect.poll(() => writtenAtMs(songPath()), patient).toBeGreaterThan(before)
  return readSong(songPath())
}

/** Puts the playhead some bars further with the ruler's own keys. */
async function playheadForward(bars: number): Promise<void> {
  await keys.reach(studio.page.getByRole('slider', { name: 'Playhead' }))
  for (let bar = 0; bar < bars; bar++) await keys.press('PageDown')
}

test('a new song is named and its stems come in; a file that was cut off is refused with its reason', async () => {
  const { recordings } = studio
  await heading('Try the demo song').waitFor()
  await studio.inspect('1-start')
  await keys.press('Control+n')
  await dialog('New project').waitFor()
  await keys.type('Paper Lanterns')
  await keys.press('Enter')
  await studio.page.getByText('Drop vocal stems here').waitFor()
  await studio.inspect('2-empty')
  await keys.press('Control+i')
  await enterFolder('Stems')
  await chooseFiles([...recordings.stemNames, recordings.truncatedName])
  await dialog('One file was not imported').waitFor()
  const refusal = await dialog('One file was not imported').innerText()
  expect(refusal).toContain(recordings.truncatedName)
  expect(refusal).toMatch(/\d/)
  await studio.inspect('3-refused')
  await keys.use(dialog('One file was not imported').getByRole('button', { name: 'Close' }).last())
  await expect.poll(() => studio.page.locator('[data-region]').count(), patient).toBe(2)
  await studio.inspect('4-imported')
})

test('a singer learns from clips, is heard while it learns, and is kept', { timeout: STORY_MS }, async () => {
  const { page, recordings } = studio
  await focusRegion(view.region('Lead'), 'ArrowDown')
  await keys.press('g')
  await page.getByRole('menuitem', { name: 'Train a singer…' }).waitFor()
  await keys.press('Enter')
  await heading('Train a singer').waitFor()
  await keys.reach(page.getByRole('textbox', { name: 'Name of the singer' }))
  await keys.type('Nadia')
  await keys.reach(page.getByRole('checkbox', { name: 'The owner of this voice agrees' }))
  await keys.press('Space')
  await keys.reach(page.getByRole('textbox', { name: 'Who agreed, and how' }))
  await keys.type('Nadia herself, in writing')
  await keys.use(button('Add clips'))
  await enterFolder('Clips')
  await chooseFiles(recordings.clipNames)
  await heading('Pitch coverage').waitFor(untilDone)
  await studio.inspect('5-clips')
  await keys.reach(radio(/^Normal/))
  await keys.press('ArrowLeft')
  expect(await radio(/^Quick/).isChecked()).toBe(true)
  await keys.use(button('Start learning'))
  await heading('Learning').waitFor()
  await page.getByRole('img', { name: /^Error over the steps/ }).waitFor(untilDone)
  expect(
    Number(await page.getByRole('progressbar', { name: 'Learning' }).getAttribute('aria-valuenow')),
  ).toBeGreaterThan(0)
  await button('Hear step 100').waitFor(untilDone)
  await keys.use(button('Hear step 100'))
  await button('Stop step 100').waitFor()
  await studio.inspect('6-learning')
  await keys.use(button('Stop and keep'))
  await heading('Learned').waitFor(untilDone)
  await studio.inspect('7-learned')
  await keys.press('Escape')
  await button(/^Nadia, [A-G]/).waitFor()
})

test('a region is sung by the singer, sad at sixty percent', { timeout: STORY_MS }, async () => {
  const { page } = studio
  await focusRegion(view.region('Lead'), 'ArrowDown')
  await keys.press('g')
  await page.getByRole('menuitemradio', { name: 'Nadia' }).waitFor()
  await keys.press('Enter')
  await expect.poll(() => view.sung('Lead').getAttribute('data-state'), patient).toBe('assigned')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-state')), patient)
    .toBe('assigned')
  await keys.press('e')
  await keys.arrowTo(page.getByRole('menuitemradio', { name: 'Sad' }))
  await keys.press('Enter')
  await expect.poll(() => view.sung('Lead').getAttribute('aria-label'), patient).toContain('Nadia, sad 60 percent')
  await view.record()
  await keys.press('c')
  await expect.poll(() => view.sung('Lead').getAttribute('data-state'), untilDone).toBe('converted')
  const { states, announcements } = await view.recorded()
  expect(states[0]).toBe('assigned')
  expect(states).toContain('converting')
  expect(states.at(-1)).toBe('converted')
  expect(announcements).toContain('Lead is converted.')
  await studio.inspect('8-converted')
})

test('original and converted are compared while the song plays on', async () => {
  const { page } = studio
  await keys.press('Home', 'Space')
  await expect.poll(view.playheadSamples, patient).toBeGreaterThan(0)
  for (const heard of ['Original', 'Converted']) {
    const before = await view.playheadSamples()
    await keys.press('Shift+A')
    expect(await page.getByLabel('Transport').getByRole('radio', { name: heard }).getAttribute('aria-checked')).toBe(
      'true',
    )
    expect(await view.isPlaying()).toBe(true)
    expect(await view.playheadSamples()).toBeGreaterThanOrEqual(before)
    await expect.poll(view.playheadSamples, patient).toBeGreaterThan(before)
  }
  await keys.press('Space')
  expect(await view.isPlaying()).toBe(false)
})

test('another emotion makes the sound out of date, and undo brings it back without converting again', async () => {
  const { page } = studio
  const jobCount = (await studio.jobs('convert')).length
  await focusRegion(view.sung('Lead'))
  await keys.press('e')
  await keys.arrowTo(page.getByRole('menuitemradio', { name: 'Happy' }))
  await keys.press('Enter')
  await expect.poll(() => view.sung('Lead').getAttribute('data-state'), patient).toBe('stale')
  expect(await view.sung('Lead').getAttribute('aria-label')).toContain('out of date')
  await studio.inspect('9-stale')
  await keys.press('Control+z')
  await expect.poll(() => view.sung('Lead').getAttribute('data-state'), patient).toBe('converted')
  expect(await studio.jobs('convert')).toHaveLength(jobCount)
})

test('split, trim and move are undone to the very document that was saved', async () => {
  await keys.press('Control+s')
  await enterFolder('Songs')
  await dialog('Save as').getByTitle(join(studio.home, 'Songs')).waitFor()
  await keys.use(dialog('Save as').getByRole('button', { name: 'Save', exact: true }))
  await expect.poll(() => studio.page.getByLabel('Status').innerText(), patient).toContain('Saved ')
  const before = await save()
  const shown = await view.everything()
  await playheadForward(2)
  await focusRegion(view.sung('Lead'))
  await keys.press('s')
  await expect.poll(() => studio.page.locator('[data-region]:not(.source)').count(), patient).toBe(2)
  await playheadForward(1)
  await focusRegion(view.sung('Lead'))
  await keys.press('Escape', 'ArrowRight', ']')
  await keys.press('Control+ArrowRight')
  expect(await view.everything()).not.toEqual(shown)
  expect(await button(/^Undo: Move/).isEnabled()).toBe(true)
  await keys.press('Control+z', 'Control+z', 'Control+z')
  expect(await view.everything()).toEqual(shown)
  expect(await save()).toEqual(before)
})

test('the stem of the singer is exported, as long as the song to the sample', async () => {
  const { page } = studio
  await keys.press('Control+Shift+E')
  await dialog('Export').waitFor()
  await keys.use(dialog('Export').getByRole('button', { name: 'Choose…' }))
  await enterFolder('Exports')
  await picked('Choose this folder').waitFor()
  await dialog('Choose a folder').getByTitle(join(studio.home, 'Exports')).waitFor()
  await keys.use(picked('Choose this folder'))
  await studio.inspect('10-export')
  await keys.use(button('Export 1 file'))
  await page.getByText('One file was written.').waitFor(untilDone)
  await studio.inspect('11-exported')
  const [name] = readdirSync(join(studio.home, 'Exports'))
  const { header, durationSamples, close } = openWavReader(join(studio.home, 'Exports', name))
  close()
  expect({ name, durationSamples, promised: header.promisedSamples }).toEqual({
    name: 'Paper Lanterns – Nadia.wav',
    durationSamples: 12 * 48_000,
    promised: 12 * 48_000,
  })
  expect([header.rateHz, header.channelCount, header.encoding]).toEqual([48_000, 1, 'int24'])
  await keys.use(dialog('Export').getByRole('button', { name: 'Close' }).last())
})

test('a reloaded page finds the song among the recent ones, and it is what it was', async () => {
  const shown = await view.everything()
  await studio.page.reload()
  await keys.use(button(/^Paper Lanterns/))
  await view.sung('Lead').waitFor()
  await expect.poll(view.everything, patient).toEqual(shown)
  await studio.inspect('12-reopened')
  expect(studio.complaints).toEqual([])
})
