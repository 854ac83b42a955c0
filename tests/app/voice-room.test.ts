import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { RegionId } from '../../src/shared/base/id.ts'
import type { CompSpan } from '../../src/shared/project/model.ts'
import type { Performance } from '../../src/shared/project/performance.ts'
import { openBundledPage, type BundledPage } from '../support/bundled-page.ts'
import type { VoicePage } from './pages/voice-page.ts'

declare global {
  interface Window {
    readonly voicePage: VoicePage
  }
}

/** What gives a region its voice: curves, takes, notes and mixer, in the whole window. */
let bundled: BundledPage
let page: Page
beforeAll(async () => {
  bundled = await openBundledPage(`${import.meta.dirname}/pages/voice-page.ts`)
  page = bundled.page
})
afterAll(() => bundled?.close())
beforeEach(async () => {
  await page.reload()
  await page.waitForSelector('[data-region=verse] canvas[data-painted=wave]')
})

const performance = (id: string): Promise<Performance | null> =>
  page.evaluate((name) => window.voicePage.editor().session.project.regions[name as RegionId].performance, id)
const comp = (id: string): Promise<readonly CompSpan[]> =>
  page.evaluate((name) => window.voicePage.editor().session.project.regions[name as RegionId].comp, id)
const stepCount = (): Promise<number> => page.evaluate(() => window.voicePage.editor().session.undoLabels.length)

async function laneBox(lane: string): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.locator(lane).boundingBox()
  if (!box) throw new Error(`${lane} is not on the page`)
  return box
}

/** Where a share of a region's width lies across the page, at whatever zoom. */
async function across(region: string): Promise<(share: number) => number> {
  const { x, width } = await laneBox(`[data-region=${region}]`)
  return (share) => x + share * width
}

test('a click puts a point, a drag moves it, and each is one step back', async () => {
  await page.keyboard.press('v')
  const lane = await laneBox('[data-sub-lane="miratrack intensity"] [data-curve-lane]')
  const at = await across('pre')
  await page.mouse.click(at(0.4), lane.y + 10)
  expect((await performance('pre'))?.curves.intensity).toHaveLength(1)
  await page.mouse.move(at(0.4), lane.y + 10)
  await page.mouse.down()
  await page.mouse.move(at(0.4) + 7, lane.y + 30)
  await page.mouse.move(at(0.4) + 15, lane.y + 48)
  await page.mouse.up()
  const [point] = (await performance('pre'))?.curves.intensity ?? []
  expect(point.value).toBe(0)
  expect(await stepCount()).toBe(2)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  expect((await performance('pre'))?.curves.intensity).toBeNull()
})

test('two clicks draw a line, and a hand that draws leaves few corners', async () => {
  await page.keyboard.press('v')
  const header = page.locator('[data-sub-lane="miratrack intensity"]')
  const lane = await laneBox('[data-sub-lane="miratrack intensity"] [data-curve-lane]')
  await header.getByRole('button', { name: 'Line: drag, or click both ends' }).click()
  const at = await across('pre')
  await page.mouse.click(at(0.1), lane.y + 45)
  await page.mouse.click(at(0.9), lane.y + 12)
  const line = (await performance('pre'))?.curves.intensity ?? []
  expect(line.length).toBeGreaterThanOrEqual(2)
  await header.getByRole('button', { name: 'Free hand' }).click()
  const along = await across('chorus')
  await page.mouse.move(along(0.05), lane.y + 40)
  await page.mouse.down()
  for (let step = 0; step <= 20; step++)
    await page.mouse.move(along(0.05 + 0.04 * step), lane.y + 28 + 12 * Math.sin((5 * step) / 12))
  await page.mouse.up()
  const drawn = (await performance('chorus'))?.curves.intensity ?? []
  expect(drawn.length).toBeGreaterThan(4)
  expect(drawn.length).toBeLessThan(22)
})

test('points are reached and moved by keyboard, and say what they are', async () => {
  await page.keyboard.press('v')
  const points = page.getByRole('group', { name: /^Intensity of Verse 2\./ }).getByRole('button')
  expect(await points.count()).toBe(5)
  await points.first().focus()
  await page.keyboard.press('End')
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-point'))).toBe('4')
  await page.keyboard.press('ArrowUp')
  expect(await points.nth(4).getAttribute('aria-label')).toBe('45 percent at 5.8 seconds, point 5 of 5')
  await page.keyboard.press('Delete')
  await expect.poll(() => points.count()).toBe(4)
})

test('a swipe over a take’s lane lets it sound there, a key takes it throughout, and the wave follows', async () => {
  await page.keyboard.press('Shift+V')
  const lane = await laneBox('[data-sub-lane="miratrack take 1"] [data-take-lane]')
  await page.mouse.move(lane.x + 45, lane.y + 20)
  await page.mouse.down()
  await page.mouse.move(lane.x + 70, lane.y + 20)
  await page.mouse.move(lane.x + 90, lane.y + 20)
  await page.mouse.up()
  expect((await comp('verse')).map((span) => span.takeNumber)).toEqual([2, 1, 2])
  await page.getByRole('slider', { name: /^Join of take 2 and take 1/ }).focus()
  const before = (await comp('verse'))[1].startSamples
  await page.keyboard.press('ArrowRight')
  expect((await comp('verse'))[1].startSamples).toBeGreaterThan(before)
  await page.locator('[data-region=verse]').click({ position: { x: 20, y: 50 } })
  await page.keyboard.press('1')
  expect(await comp('verse')).toEqual([])
  await page.keyboard.press('t')
  await page.getByRole('button', { name: /^Take 2, Mira, sad drawn, used$/ }).waitFor()
})

test('the mixer’s faders are steps of the history, which one goes through by a click', async () => {
  await page.keyboard.press('Shift+X')
  await page.keyboard.press('Shift+H')
  const fader = page.getByRole('slider', { name: 'Gain of Mira' }).last()
  await fader.focus()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('button', { name: 'Mute Jonas' }).last().click()
  const steps = page.getByRole('list', { name: 'Steps' }).getByRole('button')
  expect(await steps.allInnerTexts()).toEqual(['As it was opened', 'Gain of Mira', 'Mute Jonas'])
  await steps.nth(0).click()
  expect(await page.evaluate(() => window.voicePage.editor().session.project.tracks[1].gainDb)).toBe(0)
  await steps.nth(2).click()
  expect(await page.evaluate(() => window.voicePage.editor().session.project.tracks[2].isMuted)).toBe(true)
})

test('waiting jobs are given another place by a button, and a failure says what to do', async () => {
  await page.keyboard.press('Shift+J')
  await page.evaluate(() => {
    const { tellJob } = window.voicePage
    for (const [id, queuePosition] of [
      ['one', 1],
      ['two', 2],
    ] as const)
      tellJob({ id, title: `Converting ${id}`, state: 'queued', queuePosition })
    const failure = {
      code: 'audio-unvoiced',
      message: 'No voice was found.',
      remedy: 'Choose another region.',
    } as const
    tellJob({ id: 'bad', title: 'Converting bad', state: 'failed', finishedAtMs: 1, failure })
  })
  await page.getByRole('button', { name: 'Later: Converting one' }).click()
  expect(await page.evaluate(() => window.voicePage.asked.at(-1))).toEqual({
    name: 'jobs:move',
    request: { jobId: 'one', place: 2 },
  })
  await page.getByText('No voice was found. Choose another region.').waitFor()
  await page.getByRole('button', { name: 'What it means: Converting bad' }).click()
  await page.getByRole('dialog').getByText('Choose another region.').waitFor()
})

test('notes stand over the spectrum, are moved by drag and by key, drawn, and drawn to a scale', async () => {
  const notes = page.getByRole('listbox', { name: /^Notes of Verse 2/ }).getByRole('option')
  await page.locator('[data-region=verse]').click({ position: { x: 20, y: 50 } })
  await page.getByRole('button', { name: 'Edit the notes of Verse 2' }).click()
  await page.waitForSelector('[data-roll] canvas[data-painted=notes]')
  expect(await notes.count()).toBe(6)
  expect(await notes.nth(3).getAttribute('aria-label')).toMatch(/^E4.*, at 3\.\d+ seconds, vibrato \d+ cents$/)
  const note = await laneBox('[data-note="3"]')
  await page.mouse.move(note.x + 20, note.y + 10)
  await page.mouse.down()
  await page.mouse.move(note.x + 20, note.y - 10)
  await page.mouse.move(note.x + 20, note.y - 32)
  await page.mouse.up()
  const [moved] = (await performance('verse'))?.pitchEdits ?? []
  expect(moved.kind === 'note' && moved.semitones).toBeGreaterThanOrEqual(1)
  await notes.nth(3).press('Delete')
  expect((await performance('verse'))?.pitchEdits).toEqual([])
  await notes.nth(3).press('ArrowRight')
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-note'))).toBe('4')
  await notes.nth(4).press('ArrowUp')
  await page.keyboard.press('Control+z')
  expect((await performance('verse'))?.pitchEdits).toEqual([])
  await notes.nth(4).press('ArrowUp')
  await page.getByRole('button', { name: 'Flatten', exact: true }).click()
  expect((await performance('verse'))?.pitchEdits).toMatchObject([{ kind: 'note', semitones: 1, vibrato: 0, drift: 1 }])
  await page.getByRole('button', { name: 'Draw the pitch by hand' }).click()
  const roll = await laneBox('[data-roll]')
  await page.mouse.move(roll.x + 60, roll.y + 120)
  await page.mouse.down()
  for (let x = 60; x <= 160; x += 10) await page.mouse.move(roll.x + x, roll.y + 120 + (x % 40))
  await page.mouse.up()
  expect((await performance('verse'))?.pitchEdits.map((edit) => edit.kind)).toEqual(['drawn', 'note'])
  await page.getByRole('combobox', { name: 'Scale that notes are drawn to' }).click()
  await page.getByRole('option', { name: 'Minor' }).click()
  expect((await performance('verse'))?.scaleCorrection).toEqual({ tonic: 0, scale: 'minor', strength: 1 })
})
