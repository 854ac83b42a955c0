import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  cutOffIsRefused,
  emotionIsTakenBack,
  firstSaving,
  leadIsConverted,
  learningIsShown,
  playsOnWhileCompared,
  savedSong,
  stemIsExported,
} from '../../support/story/claims.ts'
import { controlsOf, type Controls } from '../../support/story/controls.ts'
import { openStudioPage, patient, type StudioPage, untilDone } from '../../support/story/studio-page.ts'
import { timelineView, type TimelineView } from '../../support/story/timeline-view.ts'

const STORY_MS = 300_000

let studio: StudioPage
let view: TimelineView
let button: Controls['button']
let heading: Controls['heading']
let dialog: Controls['dialog']
let picked: Controls['picked']
beforeAll(async () => {
  studio = await openStudioPage('pointer')
  ;({ button, heading, dialog, picked } = controlsOf(studio.page))
  view = timelineView(studio.page)
})
afterEach(({ task }) => studio.keepFailure(task.result?.state))
afterAll(() => studio?.close())

const inspector = () => studio.page.getByRole('complementary', { name: 'Inspector' })

async function chooseFiles(folder: string, names: readonly string[]): Promise<void> {
  await picked(folder).click()
  for (const name of names) await picked(name).click()
  await button(names.length > 1 ? `Choose ${names.length} files` : 'Choose').click()
}

/** An entry of the menu that a right click on a region opens, and maybe of a menu within it. */
async function choose(region: Locator, ...labels: readonly string[]): Promise<void> {
  await region.click({ button: 'right', position: { x: 60, y: 40 } })
  for (const label of labels) await menuEntry(label).click()
}
const menuEntry = (label: string) => studio.page.locator('[role^=menuitem]', { hasText: label }).first()

async function chooseFromSongMenu(label: string): Promise<void> {
  await button('Menu').click()
  await menuEntry(label).click()
}

/** Clicks the ruler over a place within a region. */
async function playheadInto(region: Locator, fraction: number): Promise<void> {
  const [over, ruler] = await Promise.all([
    region.boundingBox(),
    studio.page.getByRole('slider', { name: 'Playhead' }).boundingBox(),
  ])
  if (!over || !ruler) throw new Error('the region or the ruler is not in sight')
  await studio.page.mouse.click(over.x + over.width * fraction, ruler.y + ruler.height / 2)
}

const save = () => savedSong(join(studio.home, 'Songs', 'Stems.understudy'), () => chooseFromSongMenu('Save'))

test('stems are imported from the start page into a song of their own, but for the one that was cut off', async () => {
  const { recordings } = studio
  await button(/^Import stems/).click()
  await chooseFiles('Stems', [...recordings.stemNames, recordings.truncatedName])
  await cutOffIsRefused(studio)
  await dialog('One file was not imported').getByRole('button', { name: 'Close' }).last().click()
  await expect.poll(() => studio.page.locator('[data-region]').count(), patient).toBe(2)
  await studio.inspect('1-imported')
})

test(
  'a singer is trained beside the open song and kept after its first checkpoint',
  { timeout: STORY_MS },
  async () => {
    const { page, recordings } = studio
    await page.getByRole('group', { name: 'Singers' }).getByRole('button', { name: 'Train a singer' }).click()
    await heading('Train a singer').waitFor()
    await page.getByRole('textbox', { name: 'Name of the singer' }).fill('Nadia')
    await page.getByRole('checkbox', { name: 'The owner of this voice agrees' }).click()
    await page.getByRole('textbox', { name: 'Who agreed, and how' }).fill('Nadia herself, in writing')
    await button('Add clips').click()
    await chooseFiles('Clips', recordings.clipNames)
    await heading('Pitch coverage').waitFor(untilDone)
    await page.getByText('Quick', { exact: true }).click()
    await button('Start learning').click()
    await learningIsShown(studio)
    await button('Hear step 50').click(untilDone)
    await button('Stop step 50').waitFor()
    await studio.inspect('2-learning')
    await button('Stop and keep').click()
    await heading('Learned').waitFor(untilDone)
    await studio.inspect('3-learned')
    await button(/^Back to the song/).click()
    await button(/^Nadia, [A-G]/).waitFor()
  },
)

test('a region is dragged onto a singer’s track, another is given to the singer in its menu', async () => {
  const { page } = studio
  await button('Add a track').click()
  await menuEntry('Track for Nadia').click()
  const [from, lane] = await Promise.all([
    view.region('Lead').boundingBox(),
    page.locator('[data-lane]').last().boundingBox(),
  ])
  if (!from || !lane) throw new Error('the region or the lane is not in sight')
  await page.mouse.move(from.x + 40, from.y + 50)
  await page.mouse.down()
  await page.mouse.move(from.x + 40, from.y + 90)
  await page.mouse.move(from.x + 40, lane.y + lane.height / 2)
  await page.locator('[data-ghost=Nadia]').waitFor()
  await page.mouse.up()
  await expect.poll(() => view.sung('Lead').getAttribute('data-state'), patient).toBe('assigned')
  await button(/^Undo: Sing with Nadia/).click()
  await expect.poll(() => view.sung('Lead').count(), patient).toBe(0)
  await choose(view.region('Lead'), 'Sing with', 'Nadia')
  await expect.poll(() => view.sung('Lead').getAttribute('data-state'), patient).toBe('assigned')
})

test('sad at sixty percent, it is converted', { timeout: STORY_MS }, async () => {
  await inspector().getByRole('radio', { name: 'Sad' }).click()
  await inspector().getByLabel('Intensity in percent').fill('60')
  const convert = inspector().getByRole('button', { name: /^Convert/ })
  await leadIsConverted(view, () => convert.click())
  await studio.inspect('4-converted')
})

test('original and converted are compared while the song plays on', async () => {
  const transport = studio.page.getByLabel('Transport')
  await button('Play').click()
  await playsOnWhileCompared(studio, view, (heard) => transport.getByRole('radio', { name: heard }).click())
  await button('Stop').click()
  expect(await view.isPlaying()).toBe(false)
})

test('another emotion makes the sound out of date, and undo brings it back without converting again', async () => {
  await emotionIsTakenBack(studio, view, {
    async change() {
      await view.sung('Lead').click()
      await inspector().getByRole('radio', { name: 'Angry' }).click()
    },
    undo: () => button(/^Undo: Emotion/).click(),
    picture: '5-stale',
  })
})

test('split, trim and move need no drag, and are undone to the very document that was saved', async () => {
  await chooseFromSongMenu('Save')
  await picked('Songs').click()
  await firstSaving(studio, () => picked('Save').click())
  const before = await save()
  const shown = await view.everything()
  await playheadInto(view.sung('Lead'), 0.5)
  await choose(view.sung('Lead'), 'Split at playhead')
  await expect.poll(() => studio.page.locator('[data-region]:not(.source)').count(), patient).toBe(2)
  await playheadInto(view.sung('Lead'), 0.7)
  await view.sung('Lead').click({ position: { x: 60, y: 40 } })
  await choose(view.sung('Lead'), 'Trim end to playhead')
  await playheadInto(view.sung('Lead'), 0.3)
  await choose(view.sung('Lead'), 'Move to', 'The playhead')
  expect(await view.everything()).not.toEqual(shown)
  for (const step of [/^Undo: Move/, /^Undo: Trim/, /^Undo: Split/]) await button(step).click()
  await expect.poll(view.everything, patient).toEqual(shown)
  expect(await save()).toEqual(before)
})

test('the stem of the singer is exported, as long as the song to the sample', async () => {
  await chooseFromSongMenu('Export…')
  await dialog('Export').getByText('WAV, 24 bit').click()
  await studio.page.getByRole('option', { name: 'WAV, 32 bit float' }).click()
  await dialog('Export').getByRole('button', { name: 'Choose…' }).click()
  await picked('Exports').click()
  await dialog('Choose a folder').getByTitle(join(studio.home, 'Exports')).waitFor()
  await picked('Choose this folder').click()
  await studio.inspect('6-export')
  await button('Export 1 file').click()
  await stemIsExported(studio, 'Stems', 'float32')
  await dialog('Export').getByRole('button', { name: 'Close' }).last().click()
})

test('an edit that was not saved is offered again after the product ended, and the song is what it was', async () => {
  await button('Mute Harmony').click()
  const shown = await view.everything()
  const recovery = join(studio.host.paths.recoveryFolder)
  await expect.poll(() => readdirSync(recovery).length, patient).toBeGreaterThan(0)
  await studio.restart()
  await studio.page.getByText('has work that was not saved').waitFor()
  await studio.inspect('7-recovery')
  await button('Recover Stems').click()
  await view.sung('Lead').waitFor()
  await expect.poll(view.everything, patient).toEqual(shown)
  expect(await button('Mute Harmony').getAttribute('aria-pressed')).toBe('true')
  await studio.inspect('8-recovered')
  expect(studio.complaints).toEqual([])
})
