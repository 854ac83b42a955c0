import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { WavEncoding } from '../../../src/shared/formats/wav/encoding.ts'
import { openWavReader } from '../../../src/main/files/wav-file.ts'
import { controlsOf } from './controls.ts'
import { LEAD_SEC } from './recordings.ts'
import { patient, untilDone, type StudioPage } from './studio-page.ts'
import { readSong, writtenAtMs, type TimelineView } from './timeline-view.ts'

/*
 * Steps of the story that hold whether a keyboard or a pointer takes them: each is given the deed in its own way.
 */

/** Saves again and reads what then lies there. */
export async function savedSong(path: string, save: () => Promise<void>): Promise<unknown> {
  const before = writtenAtMs(path)
  await save()
  await expect.poll(() => writtenAtMs(path), patient).toBeGreaterThan(before)
  return readSong(path)
}

/** In the dialog of a song's first saving, which closes on a footer that says so. */
export async function firstSaving({ page, home }: StudioPage, save: () => Promise<void>): Promise<void> {
  await controlsOf(page).dialog('Save as').getByTitle(join(home, 'Songs')).waitFor()
  await save()
  await expect.poll(() => page.getByLabel('Status').innerText(), patient).toContain('Saved ')
}

/** The imports of the story: two stems come in, and the one that was cut off is refused by name, with figures. */
export async function cutOffIsRefused({ page, recordings }: StudioPage): Promise<void> {
  const refusal = controlsOf(page).dialog('One file was not imported')
  await refusal.waitFor()
  const told = await refusal.innerText()
  expect(told).toContain(recordings.truncatedName)
  expect(told).toMatch(/\d.* s of it are readable/)
}

/** Learning began, and its curve is drawn. */
export async function learningIsShown({ page }: StudioPage): Promise<void> {
  await controlsOf(page).heading('Learning').waitFor()
  await page.getByRole('img', { name: /^Error over the steps/ }).waitFor(untilDone)
  const progress = page.getByRole('progressbar', { name: 'Learning' })
  expect(Number(await progress.getAttribute('aria-valuenow'))).toBeGreaterThan(0)
}

/** Lead goes from assigned over converting to converted, and a screen reader hears so. */
export async function leadIsConverted(view: TimelineView, convert: () => Promise<void>): Promise<void> {
  await expect.poll(() => view.sung('Lead').getAttribute('aria-label'), patient).toContain('Nadia, sad 60 percent')
  await view.record()
  await convert()
  await expect.poll(() => view.sung('Lead').getAttribute('data-state'), untilDone).toBe('converted')
  const { states, announcements } = await view.recorded()
  expect(states[0]).toBe('assigned')
  expect(states).toContain('converting')
  expect(states.at(-1)).toBe('converted')
  expect(announcements).toContain('Lead is converted.')
}

/** The song that plays goes on through both, without a step back. */
export async function playsOnWhileCompared(
  { page }: StudioPage,
  view: TimelineView,
  listenTo: (heard: 'Original' | 'Converted') => Promise<void>,
): Promise<void> {
  await expect.poll(view.playheadSamples, patient).toBeGreaterThan(0)
  for (const heard of ['Original', 'Converted'] as const) {
    const before = await view.playheadSamples()
    await listenTo(heard)
    const choice = page.getByLabel('Transport').getByRole('radio', { name: heard })
    expect(await choice.getAttribute('aria-checked')).toBe('true')
    expect(await view.isPlaying()).toBe(true)
    expect(await view.playheadSamples()).toBeGreaterThanOrEqual(before)
    await expect.poll(view.playheadSamples, patient).toBeGreaterThan(before)
  }
}

/** Another emotion makes Lead out of date; taken back, it is converted as before, and nothing was computed for it. */
export async function emotionIsTakenBack(
  studio: StudioPage,
  view: TimelineView,
  deeds: { readonly change: () => Promise<void>; readonly undo: () => Promise<void>; readonly picture: string },
): Promise<void> {
  const jobCount = (await studio.jobs('convert')).length
  await deeds.change()
  await expect.poll(() => view.sung('Lead').getAttribute('data-state'), patient).toBe('stale')
  expect(await view.sung('Lead').getAttribute('aria-label')).toContain('out of date')
  await studio.inspect(deeds.picture)
  await deeds.undo()
  await expect.poll(() => view.sung('Lead').getAttribute('data-state'), patient).toBe('converted')
  expect(await studio.jobs('convert')).toHaveLength(jobCount)
}

/** One file lies in "Exports": the singer's stem, as long as the song to the sample. */
export async function stemIsExported(
  { page, home }: StudioPage,
  songName: string,
  encoding: WavEncoding,
): Promise<void> {
  await page.getByText('One file was written.').waitFor(untilDone)
  const [name] = readdirSync(join(home, 'Exports'))
  const { header, durationSamples, close } = openWavReader(join(home, 'Exports', name))
  close()
  expect({ name, durationSamples, promised: header.promisedSamples }).toEqual({
    name: `${songName} – Nadia.wav`,
    durationSamples: LEAD_SEC * 48_000,
    promised: LEAD_SEC * 48_000,
  })
  expect([header.rateHz, header.channelCount, header.encoding]).toEqual([48_000, 1, encoding])
}
