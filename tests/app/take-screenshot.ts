/**
 * Makes resources/screenshot.png, the picture in the README: `npm run build`, then `node tests/app/take-screenshot.ts`.
 * Two singers learn from synthesized clips, the demo song is opened in the real window, parts of it are converted, one
 * goes out of date, and the picture is taken while the song plays. Takes some minutes.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import type { voices } from '../../src/shared/synthesizer/index.ts'
import { request } from '../../src/main/commands/request.ts'
import { openBrowser } from '../support/browser.ts'
import { startTestHost } from '../support/headless.ts'
import { sungVoice, writeVoice } from '../support/sung-voice.ts'
import { makeTemporaryFolder, removeFolder } from '../support/temporary-folder.ts'

const picturePath = resolve(import.meta.dirname, '../../resources/screenshot.png')
const CLIP_COUNT = 2
/** Enough for a picture. */
const LEARNED_STEPS = 50
const patient = { timeout: 300_000 }
/** The playhead of the picture stands in the second part of the song. */
const PLAYING_SAMPLES = 17 * 48_000
/** It plays from at least this long before: Page Down goes a bar on, which is less. */
const RUN_UP_SAMPLES = 4 * 48_000

const home = makeTemporaryFolder()
const host = await startTestHost(join(home, 'library'))
const browser = await openBrowser()
try {
  mkdirSync(join(home, 'clips'))
  await trainSinger('Mira', 'high', 0)
  await trainSinger('Bruno', 'low', 1)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(patient.timeout)
  await page.goto(host.server.url)
  await page.getByRole('button', { name: 'Open demo' }).click()
  await prepareSong(page)
  await page.screenshot({ path: picturePath })
  process.stdout.write(`${picturePath}\n`)
} finally {
  await browser.close()
  await host.close()
  removeFolder(home)
}

async function prepareSong(page: Page): Promise<void> {
  await sing(page, 'Harmony', 'Bruno', 'Happy')
  for (const part of ['Outro', 'Chorus', 'Verse']) await sing(page, part, 'Mira', 'Sad')
  for (const part of ['Harmony', 'Outro', 'Chorus', 'Verse']) await convert(page, part)
  await sung(page, 'Outro').click()
  await page.getByRole('radio', { name: 'Happy' }).click()
  await sung(page, 'Chorus').click()
  await page.locator('[data-region] canvas:not([data-painted=wave])').first().waitFor({ state: 'detached' })
  await playUntil(page, PLAYING_SAMPLES)
}

function sung(page: Page, part: string): Locator {
  return page.locator(`[data-region]:not(.source)[aria-label^="${part}, "]`)
}

async function sing(page: Page, part: string, singer: string, emotion: string): Promise<void> {
  await page.locator(`[data-region].source[aria-label^="${part}, "]`).click()
  await page.keyboard.press('g')
  await page.getByRole('menuitemradio', { name: singer }).click()
  await sung(page, part).click()
  await page.getByRole('radio', { name: emotion }).click()
}

async function convert(page: Page, part: string): Promise<void> {
  await sung(page, part).click()
  await page.keyboard.press('c')
  await page.locator(`[data-state=converted][aria-label^="${part}, "]`).waitFor()
}

/** Plays from a little before, so that meters and playhead are those of a running song. */
async function playUntil(page: Page, samples: number): Promise<void> {
  const ruler = page.getByRole('slider', { name: 'Playhead' })
  await ruler.focus()
  const position = async (): Promise<number> => Number(await ruler.getAttribute('data-playhead-samples'))
  while ((await position()) < samples - RUN_UP_SAMPLES) await page.keyboard.press('PageDown')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  while ((await position()) < samples) await page.evaluate(() => new Promise(requestAnimationFrame))
  await page.mouse.move(0, 0)
}

async function trainSinger(name: string, voice: keyof typeof voices, hueIndex: number): Promise<void> {
  const files = Array.from({ length: CLIP_COUNT }, (_, index) => {
    const path = join(home, 'clips', `${name} ${index + 1}.wav`)
    return { kind: 'path' as const, path: writeVoice(path, [sungVoice(voice, index + 1)]) }
  })
  const inspection = await host.application.jobEnded(
    (await request(host.application, 'singer:inspectClips', { files })).jobId,
  )
  if (inspection.outcome?.kind !== 'inspect') throw new Error(`the clips of ${name} were not read`)
  const clipIds = inspection.outcome.clips.map((clip) => clip.clipId)
  const wanted = { name, hueIndex, consent: 'A synthesized voice.', clipIds, preset: 'quick' as const, seed: 1 }
  const learned = new Promise<void>((settle) => {
    const stop = host.application.onEvent((event) => {
      if (event.kind !== 'training-progressed' || event.point.step < LEARNED_STEPS) return
      stop()
      settle()
    })
  })
  const { jobId } = await request(host.application, 'singer:train', wanted)
  await learned
  await request(host.application, 'jobs:finish', { jobId })
  const job = await host.application.jobEnded(jobId)
  if (job.state !== 'done') throw new Error(`${job.title} ended ${job.state}`)
}
