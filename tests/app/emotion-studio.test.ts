import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeRecordings } from '../support/story/recordings.ts'
import type { Page } from 'playwright-core'
import { openStudioPage, patient, untilDone, type StudioPage } from '../support/story/studio-page.ts'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../support/sung-voice.ts'

const CLIP_SEC = 2

/** A folder for each emotion. Of "happy" one clip is silent, and another lies among the sad ones. "Tables" has nothing wrong. */
function writeMoods(homeFolder: string) {
  const recordings = writeRecordings(homeFolder)
  const voice = sungVoice('high', 3)
  const names = ['neutral/a', 'neutral/b', 'sad/c', 'sad/d', 'sad/e', 'happy/f', 'happy/silent']
  for (const [index, name] of names.entries()) {
    const from = index * VOICE_RATE_HZ
    const samples = voice.slice(from, from + CLIP_SEC * VOICE_RATE_HZ)
    for (const folder of index < 4 ? ['Moods', 'Tables'] : ['Moods']) {
      const path = join(homeFolder, folder, `${name}.wav`)
      mkdirSync(dirname(path), { recursive: true })
      writeVoice(path, [name.endsWith('silent') ? samples.fill(0) : samples])
    }
  }
  return recordings
}

let studio: StudioPage
beforeAll(async () => {
  studio = await openStudioPage('emotions', writeMoods)
}, 180_000)
afterAll(() => studio?.close())

async function describe(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name of the model').fill(name)
  await page.getByLabel('Whose clips these are').fill('A synthesizer')
  await page.getByLabel('What may be done with the model').fill('Anything')
  await page.getByRole('button', { name: 'Choose folder' }).click()
  await page.getByText(name, { exact: true }).first().dblclick()
  await page.getByRole('button', { name: 'Choose this folder' }).click()
}

test('a folder of moods is judged, what it lacks is told and mended, and a training is left, found again and discarded', async () => {
  const { page } = studio
  await page.getByRole('button', { name: 'Train an emotion model' }).click()
  await describe(page, 'Moods')
  await page
    .getByText(/“happy” has only “happy\/f.wav”/)
    .first()
    .waitFor(untilDone)
  const counts = page.getByRole('table', { name: 'Clips that are used, by emotion and person' })
  await expect.poll(() => counts.getByRole('row').last().innerText(), patient).toMatch(/1 person\s+1\s+2\s+3/)
  expect(await page.getByRole('button', { name: 'Start learning' }).isDisabled()).toBe(true)
  await studio.inspect('refused')

  await page.getByRole('combobox', { name: 'Clips that are shown' }).click()
  await page.getByRole('option', { name: 'All clips' }).click()
  await page.getByRole('combobox', { name: 'Emotion of e.wav' }).click()
  await page.getByRole('option', { name: 'Happy' }).click()
  await expect.poll(() => counts.getByRole('row').last().innerText(), patient).toMatch(/1 person\s+2\s+2\s+2/)
  await page.getByRole('radio', { name: /^Network, compact/ }).check()
  await page.getByRole('button', { name: 'Start learning' }).click()
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await page.getByRole('heading', { name: 'Paused' }).waitFor(untilDone)
  await studio.inspect('paused')

  await studio.restart()
  const banner = page.getByRole('status').filter({ hasText: 'Training Moods' })
  await banner.getByRole('button', { name: 'Show' }).click()
  await page.getByRole('heading', { name: 'Paused' }).waitFor(patient)
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('heading', { name: 'Discarded' }).waitFor(patient)
}, 300_000)

test('two moods are enough for statistics, which know the other at once', async () => {
  const { page } = studio
  await page.getByRole('button', { name: 'Train another emotion model' }).click()
  await page.getByRole('radio', { name: /^Statistics/ }).check()
  await describe(page, 'Tables')
  await page.getByText(/The clips are read once/).waitFor(untilDone)
  await page.getByRole('button', { name: 'Start learning' }).click()
  await page.getByRole('heading', { name: 'Learned' }).waitFor(untilDone)
  await page.getByText('Knows Sad.').waitFor(patient)
  const listen = page.getByRole('region', { name: 'Listen' })
  await listen.getByRole('radio', { name: '100 %' }).click()
  await listen.getByRole('button', { name: 'Stop comparing' }).and(page.locator(':enabled')).waitFor(patient)
  await studio.inspect('statistics')
  expect(studio.complaints).toEqual([])
}, 300_000)
