import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { openWavReader } from '../../../src/main/files/wav-file.ts'
import { isUnderWay } from '../../../src/main/jobs/queue.ts'
import { learningIsShown } from '../../support/story/claims.ts'
import { patient, untilDone } from '../../support/story/studio-page.ts'
import { badClipNames, LEAD_SEC, type Journey, type Stage } from './stage.ts'

export const training: Journey = {
  number: 7,
  name: 'a singer learns from the good clips, is heard, paused, and goes on after the program ended',
  async walk(stage) {
    const { controls, hand, studio } = stage
    const { page } = studio
    const { button, heading, dialog } = controls
    await hand.use(page.getByRole('button', { name: 'Train a singer' }))
    await hand.type(page.getByRole('textbox', { name: 'Name of the singer' }), 'Nadia')
    await hand.choose(page.getByRole('checkbox', { name: 'The owner of this voice agrees' }))
    await hand.type(page.getByRole('textbox', { name: 'Who agreed, and how' }), 'Nadia herself, in writing')
    await hand.addClips('Clips', [...studio.recordings.clipNames, ...badClipNames])
    await heading('Pitch coverage').waitFor(untilDone)
    for (const name of badClipNames) {
      const row = page.getByRole('row').filter({ hasText: name })
      expect(await row.innerText()).toMatch(/Skip[\s\S]*\w{3,}/)
    }
    await hand.choose(page.getByRole('radio', { name: /^Quick/ }))
    await hand.use(button('Start learning'))
    await learningIsShown(studio)
    await button('Hear step 100').waitFor(untilDone)
    await hand.use(button('Hear step 100'))
    await button('Stop step 100').waitFor(patient)
    await hand.use(button('Pause'))
    await heading('Paused').waitFor(untilDone)
    const kept = await learned(page)
    await saveSong(stage)
    await studio.restart()
    await hand.use(button('Resume').first())
    await expect
      .poll(async () => (await studio.jobs('train')).map(({ state }) => state), untilDone)
      .toEqual(['running'])
    await hand.use(page.getByRole('button', { name: 'Train', exact: true }))
    await heading('Learning').waitFor(untilDone)
    // It goes on from where it was, not from the start.
    expect(kept).toBeGreaterThan(0)
    expect(await learned(page)).toBeGreaterThanOrEqual(kept)
    await hand.use(button('Discard'))
    await hand.use(dialog(/Discard/).getByRole('button', { name: 'Discard' }))
    await heading('Discarded').waitFor(untilDone)
    await hand.use(button(/^Back/))
  },
}

/** In percent. */
const learned = async (page: Page): Promise<number> =>
  Number(await page.getByRole('progressbar', { name: /^Learning/ }).getAttribute('aria-valuenow'))

/** The song goes on the disk, so that it can be opened again. */
export async function saveSong({ hand, studio, controls }: Stage): Promise<void> {
  await hand.use(controls.button(/^Back to the song/))
  await hand.song({ keys: 'Control+s', entry: 'Save' })
  await expect.poll(() => studio.page.getByLabel('Status').innerText(), patient).toContain('Saved ')
}

/** Opens the song that was saved, from the start page. */
export async function openSong({ hand, controls, view }: Stage): Promise<void> {
  await hand.use(controls.button(/^Stems/))
  await view.region('Lead').waitFor()
}

export const exporting: Journey = {
  number: 8,
  name: 'an export asks about what is out of date, leaves nothing when it is left, also half done, and writes a whole file',
  async walk(stage) {
    const { controls, hand, studio, view } = stage
    const { page, home } = studio
    const sheet = controls.dialog('Export')
    const open = () => hand.song({ keys: 'Control+Shift+E', entry: 'Export…' })
    await openSong(stage)
    await hand.emotion(view.sung('Lead'), 'Fearful')
    await expect.poll(() => view.sung('Lead').getAttribute('data-state'), patient).toBe('stale')
    await open()
    await sheet.getByText('1 region needs a decision').waitFor()
    await hand.use(sheet.getByRole('button', { name: 'Choose…' }))
    await hand.pickFolder('Exports', 'Choose this folder')
    await hand.use(sheet.getByRole('button', { name: 'Cancel' }))
    await sheet.waitFor({ state: 'hidden' })
    expect(readdirSync(join(home, 'Exports'))).toEqual([])
    // Left while what is out of date is converted for it, it writes nothing afterwards either.
    await open()
    await hand.use(sheet.getByRole('button', { name: /^Convert and export 1 file/ }))
    // The button that was pressed is busy, and keeps the keyboard.
    await sheet.locator('button:focus', { hasText: 'Converting…' }).waitFor()
    await hand.use(sheet.getByRole('button', { name: 'Cancel' }))
    await sheet.waitFor({ state: 'hidden' })
    await expect.poll(async () => (await studio.jobs('convert')).filter(isUnderWay), untilDone).toEqual([])
    const [left] = (await studio.jobs('convert')).toSorted((a, b) => b.createdAtMs - a.createdAtMs)
    if (left.state === 'done') {
      // A quick machine was ready before one could leave.
      await expect.poll(() => view.sung('Lead').getAttribute('data-state'), patient).toBe('converted')
      await hand.emotion(view.sung('Lead'), 'Angry')
    }
    await expect.poll(() => view.sung('Lead').getAttribute('data-state'), patient).toBe('stale')
    expect(await studio.jobs('export')).toEqual([])
    expect(readdirSync(join(home, 'Exports'))).toEqual([])
    await open()
    await hand.choose(sheet.getByRole('radio', { name: 'Use the old take' }))
    await hand.use(sheet.getByRole('button', { name: /^Export 1 file/ }))
    await page.getByText('One file was written.').waitFor(untilDone)
    expect(await sheet.evaluate((element) => element.contains(document.activeElement))).toBe(true)
    await hand.use(sheet.getByRole('button', { name: 'Close' }).last())
    const [name, ...others] = readdirSync(join(home, 'Exports'))
    expect(others).toEqual([])
    const { header, durationSamples, close } = openWavReader(join(home, 'Exports', name))
    close()
    expect([header.rateHz, header.encoding, durationSamples, header.promisedSamples]).toEqual([
      48_000,
      'int24',
      LEAD_SEC * 48_000,
      LEAD_SEC * 48_000,
    ])
  },
}
