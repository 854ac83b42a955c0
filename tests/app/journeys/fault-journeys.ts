import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, vi } from 'vitest'
import { isConverting, killConverter } from '../../support/story/dying-engine.ts'
import { patient, untilDone } from '../../support/story/studio-page.ts'
import { startTestHost } from '../../support/headless.ts'
import { convertLead } from './song-journeys.ts'
import { brokenName, type Journey, type Stage } from './stage.ts'
import { openSong } from './work-journeys.ts'

export const dying: Journey = {
  number: 9,
  name: 'an engine that dies is started again, then told; a program that dies gives back the work',
  async walk(stage) {
    const { controls, hand, studio, view } = stage
    const { page } = studio
    const lead = view.sung('Lead')
    await hand.emotion(lead, 'Neutral')
    await hand.region(lead, { keys: 'c', entries: ['Convert'] })
    await isConverting(studio.host)
    // It is begun anew by itself, while the region stays on the screen.
    await killConverter(studio.host)
    expect(await lead.getAttribute('data-state')).toBe('converting')
    studio.host.killWorker('interactive')
    await expect.poll(() => lead.getAttribute('data-state'), untilDone).toBe('failed')
    const banner = page.getByRole('alert').filter({ hasText: 'stopped' })
    expect(await banner.innerText()).toContain('Your song is unchanged and plays as before')
    expect(await lead.getAttribute('aria-label')).toContain('happened a second time')
    await hand.use(banner.getByRole('button', { name: 'Try again' }))
    await expect.poll(() => lead.getAttribute('data-state'), untilDone).toBe('converted')

    await hand.use(controls.button('Mute Harmony'))
    const shown = await view.everything()
    const recovery = studio.host.paths.recoveryFolder
    // What is kept is written a little after the last edit.
    const kept = (): string =>
      readdirSync(recovery)
        .map((name) => readFileSync(join(recovery, name), 'utf8'))
        .join('')
    await expect.poll(kept, patient).toMatch(/"isMuted":\s*true/)
    await studio.restart()
    const line = page.getByText('has work that was not saved')
    expect(await line.innerText()).toMatch(offered)
    // Left for later, it is offered again the next time.
    await hand.use(controls.button('Keep for later: Stems'))
    await line.waitFor({ state: 'hidden' })
    await studio.restart()
    await line.waitFor()
    expect(await line.innerText()).toMatch(offered)
    await hand.use(controls.button('Recover Stems'))
    await lead.waitFor()
    await expect.poll(view.everything, patient).toEqual(shown)
    const toKeep = page.getByLabel('Messages').getByText('Stems was recovered. Save it to keep it.')
    await toKeep.waitFor()
    await hand.song({ keys: 'Control+s', entry: 'Save' })
    await isSaved(stage)
    await toKeep.waitFor({ state: 'hidden' })
  },
}

/** Two emotions, a conversion and a lane that was silenced since the song was saved. */
const offered = /Stems[\s\S]*: 4 edits,/

const isSaved = ({ studio: { page } }: Stage): Promise<void> =>
  expect.poll(() => page.getByLabel('Status').innerText(), patient).toContain('Saved ')

export const failing: Journey = {
  number: 10,
  name: 'what is broken, lost, full, unplugged or taken is said, and the song goes on',
  async walk(stage) {
    await refusesWhatIsNoSound(stage)
    await findsLostMedia(stage)
    await saysThatTheDiskIsFull(stage)
    await stopsWhereTheOutputGoes(stage)
    await keepsASecondProgramOut(stage)
    await stage.hand.emotion(stage.view.sung('Lead'), 'Angry')
    await convertLead(stage)
    expect(stage.studio.complaints.filter((text) => !text.includes('status of'))).toEqual([])
  },
}

async function refusesWhatIsNoSound({ controls, hand, view }: Stage): Promise<void> {
  await hand.song({ keys: 'Control+i', entry: 'Import' })
  await hand.pickFiles('Stems', [brokenName])
  const refusal = controls.dialog('One file was not imported')
  expect(await refusal.innerText()).toContain(brokenName)
  await hand.use(refusal.getByRole('button', { name: 'Close' }).last())
  await view.region('Lead').waitFor()
}

/** The recordings of the song are moved away while it is closed, and found by their folder. */
async function findsLostMedia(stage: Stage): Promise<void> {
  const { controls, hand, studio, view } = stage
  const sources = join(studio.home, 'Songs', 'Stems media', 'sources')
  await hand.song({ keys: 'Control+w', entry: 'Close' })
  await controls.heading('Recent').waitFor()
  for (const name of readdirSync(sources)) renameSync(join(sources, name), join(studio.home, 'Elsewhere', name))
  await openSong(stage)
  await expect.poll(() => view.region('Lead').getAttribute('data-state'), patient).toBe('missing')
  await hand.use(controls.button('Locate Lead'))
  await hand.pickFolder('Elsewhere', 'Choose this folder')
  await expect.poll(() => view.region('Lead').getAttribute('data-state'), untilDone).not.toBe('missing')
}

/** Nothing can be written where the song lies; afterwards it can. */
async function saysThatTheDiskIsFull({ controls, hand, studio }: Stage): Promise<void> {
  const failing = pathToFileURL(join(import.meta.dirname, '../../support/failing-disk.mjs')).href
  const trouble = join(studio.home, 'trouble.json')
  vi.stubEnv('UNDERSTUDY_TEST_DISK', trouble)
  await import(failing)
  writeFileSync(trouble, JSON.stringify({ code: 'ENOSPC', under: join(studio.home, 'Songs') }))
  await hand.use(controls.button('Mute Harmony'))
  await hand.song({ keys: 'Control+s', entry: 'Save' })
  await expect.poll(() => studio.page.getByLabel('Status').innerText(), patient).toContain('Not saved')
  await studio.page
    .getByText(/full|Free some space/)
    .first()
    .waitFor()
  rmSync(trouble)
  await hand.song({ keys: 'Control+s', entry: 'Save' })
  await expect.poll(() => studio.page.getByLabel('Status').innerText(), patient).toContain('Saved ')
}

async function stopsWhereTheOutputGoes({ controls, hand, studio: { page }, view }: Stage): Promise<void> {
  await hand.menu(controls.button('Menu'), ['Audio output', 'Desk speakers'])
  await hand.playheadTo(0)
  await hand.use(controls.button('Play'))
  await expect.poll(view.playheadSamples, patient).toBeGreaterThan(0)
  await page.evaluate(() => window.unplugOutput?.())
  await page.getByText('“Desk speakers” is gone').first().waitFor()
  expect(await view.isPlaying()).toBe(false)
  expect(await view.playheadSamples()).toBeGreaterThan(0)
}

/** Another program on the same library is told so, and the one that has it does not mind. */
async function keepsASecondProgramOut({ studio }: Stage): Promise<void> {
  mkdirSync(studio.host.paths.homeFolder, { recursive: true })
  await expect(startTestHost(studio.host.paths.homeFolder)).rejects.toThrow(/library/i)
  expect((await studio.host.application.call('singer:list', {})).ok).toBe(true)
}
