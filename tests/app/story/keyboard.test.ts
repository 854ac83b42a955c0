import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Locator } from 'playwright-core'
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
import { keyboardOf, type Keyboard } from '../../support/story/keyboard.ts'
import { openStudioPage, patient, type StudioPage, untilDone } from '../../support/story/studio-page.ts'
import { timelineView, type TimelineView } from '../../support/story/timeline-view.ts'

const STORY_MS = 300_000

let studio: StudioPage
let keys: Keyboard
let view: TimelineView
let button: Controls['button']
let heading: Controls['heading']
let dialog: Controls['dialog']
let picked: Controls['picked']
beforeAll(async () => {
  studio = await openStudioPage('keyboard')
  ;({ button, heading, dialog, picked } = controlsOf(studio.page))
  keys = keyboardOf(studio.page)
  view = timelineView(studio.page)
})
afterEach(({ task }) => studio.keepFailure(task.result?.state))
afterAll(() => studio?.close())

const radio = (name: string | RegExp) => studio.page.getByRole('radio', { name })

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

const save = () => savedSong(join(studio.home, 'Songs', 'Paper Lanterns.understudy'), () => keys.press('Control+s'))

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
  await cutOffIsRefused(studio)
  await studio.inspect('3-refused')
  await keys.use(dialog('One file was not imported').getByRole('button', { name: 'Close' }).last())
  await expect.poll(() => studio.page.locator('[data-region]').count(), patient).toBe(2)
  await studio.inspect('4-imported')
})

test('a singer learns from clips, is heard while it learns, and is kept', { timeout: STORY_MS }, async () => {
  const { page, recordings } = studio
  await focusRegion(view.region('Lead'), 'ArrowDown')
  await keys.press('g')
  await keys.arrowTo(page.getByRole('menuitem', { name: 'Train a singer…' }))
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
  await learningIsShown(studio)
  await button('Hear step 50').waitFor(untilDone)
  await keys.use(button('Hear step 50'))
  await button('Stop step 50').waitFor()
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
  await keys.arrowTo(page.getByRole('menuitemradio', { name: 'Nadia' }))
  await keys.press('Enter')
  await expect.poll(() => view.sung('Lead').getAttribute('data-state'), patient).toBe('assigned')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-state')), patient)
    .toBe('assigned')
  await keys.press('e')
  await keys.arrowTo(page.getByRole('menuitemradio', { name: 'Sad' }))
  await keys.press('Enter')
  await leadIsConverted(view, () => keys.press('c'))
  await studio.inspect('8-converted')
})

test('original and converted are compared while the song plays on', async () => {
  await keys.press('Home', 'Space')
  await playsOnWhileCompared(studio, view, () => keys.press('Shift+A'))
  await keys.press('Space')
  expect(await view.isPlaying()).toBe(false)
})

test('another emotion makes the sound out of date, and undo brings it back without converting again', async () => {
  await emotionIsTakenBack(studio, view, {
    async change() {
      await focusRegion(view.sung('Lead'))
      await keys.press('e')
      await keys.arrowTo(studio.page.getByRole('menuitemradio', { name: 'Happy' }))
      await keys.press('Enter')
    },
    undo: () => keys.press('Control+z'),
    picture: '9-stale',
  })
})

test('split, trim and move are undone to the very document that was saved', async () => {
  await keys.press('Control+s')
  await enterFolder('Songs')
  await firstSaving(studio, () => keys.use(picked('Save')))
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
  await keys.press('Control+Shift+E')
  await dialog('Export').waitFor()
  await keys.use(dialog('Export').getByRole('button', { name: 'Choose…' }))
  await enterFolder('Exports')
  await picked('Choose this folder').waitFor()
  await dialog('Choose a folder').getByTitle(join(studio.home, 'Exports')).waitFor()
  await keys.use(picked('Choose this folder'))
  await studio.inspect('10-export')
  await keys.use(button('Export 1 file'))
  await stemIsExported(studio, 'Paper Lanterns', 'int24')
  await studio.inspect('11-exported')
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
