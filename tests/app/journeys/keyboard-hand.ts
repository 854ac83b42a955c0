import { expect } from 'vitest'
import type { Locator } from 'playwright-core'
import { controlsOf } from '../../support/story/controls.ts'
import { keyboardOf } from '../../support/story/keyboard.ts'
import { patient, type StudioPage } from '../../support/story/studio-page.ts'
import type { Hand } from './hand.ts'

/** More arrows than any journey has regions. */
const MOST_ARROWS = 12
/** What Page Down and the right arrow with Shift move the playhead by; the songs are in 120 beats a minute. */
const BAR_SEC = 2
const FINE_SEC = 0.01

/** A person who has a keyboard and nothing else. */
export function keyboardHand({ page }: StudioPage): Hand {
  const keys = keyboardOf(page)
  const { button, dialog, picked } = controlsOf(page)
  const hasFocus = (wanted: Locator): Promise<boolean> =>
    wanted.evaluate((element) => element === document.activeElement)
  const firstRow = () =>
    dialog(/Choose|Save as/)
      .locator('ul button')
      .first()

  async function enterFolder(folder: string): Promise<void> {
    await keys.reach(firstRow())
    await keys.arrowTo(picked(folder))
    await keys.press('Enter')
  }
  /** Into the lanes with the tab key, to the first region of all with the arrows, then on to the wanted one. */
  async function focusRegion(wanted: Locator): Promise<void> {
    await wanted.waitFor()
    await keys.reach(page.locator('[data-region][tabindex="0"]'))
    const all = page.locator('[data-region]')
    const [from, to] = await Promise.all([placeOf(page.locator('[data-region]:focus')), placeOf(wanted)])
    const lanes = to.lane - from.lane
    for (let step = 0; step < Math.abs(lanes); step++) await arrow(lanes > 0 ? 'ArrowDown' : 'ArrowUp')
    for (let step = 0; step < MOST_ARROWS && !(await hasFocus(wanted)); step++) {
      const now = await placeOf(page.locator('[data-region]:focus'))
      await arrow(now.leftPx < to.leftPx ? 'ArrowRight' : 'ArrowLeft')
    }
    expect(await hasFocus(wanted), `the focus is on ${String(wanted)} of ${await all.count()}`).toBe(true)
  }
  async function placeOf(region: Locator): Promise<{ readonly lane: number; readonly leftPx: number }> {
    return region.evaluate((element) => {
      const lanes = [...document.querySelectorAll('[data-lane]')]
      return {
        lane: lanes.findIndex((lane) => lane.contains(element)),
        leftPx: element.getBoundingClientRect().left,
      }
    })
  }
  /** One step of the focus; the page brings it into sight in its next frame. */
  async function arrow(key: string): Promise<void> {
    await keys.press(key)
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  }
  /** Through the menu that is open and those that open from it. */
  async function goesAlong(entries: readonly string[]): Promise<void> {
    for (const [depth, entry] of entries.entries()) {
      await keys.arrowTo(page.locator('[role^=menuitem]', { hasText: entry }).first())
      await keys.press(depth < entries.length - 1 ? 'ArrowRight' : 'Enter')
    }
  }
  async function choosesInMenu(name: string): Promise<void> {
    await keys.arrowTo(page.locator('[role^=menuitem]', { hasText: name }).first())
    await keys.press('Enter')
  }
  async function select(region: Locator): Promise<void> {
    await focusRegion(region)
    await keys.press('Escape', 'Enter')
    await expect.poll(() => region.getAttribute('aria-selected'), patient).toBe('true')
  }

  const hand: Hand = {
    way: 'keyboard',
    use: (control) => keys.use(control),
    async menu(opener, entries) {
      await keys.use(opener)
      await goesAlong(entries)
    },
    async choose(choice) {
      if ((await choice.getAttribute('role')) === 'radio' || (await choice.getAttribute('type')) === 'radio')
        return chooseRadio(choice)
      await keys.reach(choice)
      await keys.press('Space')
    },
    async type(field, text) {
      await keys.reach(field)
      await keys.press('Control+a')
      await keys.type(text)
    },
    async pickFiles(folder, names) {
      await enterFolder(folder)
      for (const name of [...names].sort()) {
        await picked(name).waitFor()
        await keys.reach(firstRow())
        await keys.arrowTo(picked(name))
        await keys.press('Space')
      }
      await keys.use(button(names.length > 1 ? `Choose ${names.length} files` : 'Choose'))
    },
    async pickFolder(folder, confirm) {
      await enterFolder(folder)
      await dialog(/Choose|Save as/)
        .getByTitle(new RegExp(`/${folder}$`))
        .waitFor()
      await keys.use(picked(confirm))
    },
    song: ({ keys: press }) => keys.press(press),
    async region(region, command) {
      await select(region)
      if (command.keys !== null) return keys.press(command.keys)
      await keys.press('Shift+F10')
      await goesAlong(command.entries)
    },
    select,
    async selectBoth(first, second) {
      await select(first)
      await keys.press('Shift+ArrowRight')
      await expect.poll(() => second.getAttribute('aria-selected'), patient).toBe('true')
    },
    undo: () => keys.press('Control+z'),
    async playheadTo(sec) {
      await keys.press('Escape')
      await keys.reach(page.getByRole('slider', { name: 'Playhead' }))
      await keys.press('Home')
      const bars = Math.floor(sec / BAR_SEC)
      for (let bar = 0; bar < bars; bar++) await keys.press('PageDown')
      const rest = Math.round((sec - bars * BAR_SEC) / FINE_SEC)
      for (let step = 0; step < rest; step++) await keys.press('Shift+ArrowRight')
    },

    async importIntoNewSong(folder, names) {
      await keys.press('Control+i')
      await hand.pickFiles(folder, names)
    },
    async addClips(folder, names) {
      await keys.use(button('Add clips'))
      await hand.pickFiles(folder, names)
    },
    async singWith(region, singer) {
      await select(region)
      await keys.press('g')
      await choosesInMenu(singer)
    },
    async emotion(region, emotion) {
      await select(region)
      await keys.press('e')
      await choosesInMenu(emotion)
    },
    async intensity(percent) {
      const field = page.getByLabel('Intensity in percent')
      const now = Number(await field.getAttribute('aria-valuenow'))
      for (let step = 0; step < Math.abs(percent - now) / 5; step++)
        await keys.press(percent > now ? 'Alt+ArrowUp' : 'Alt+ArrowDown')
    },
    listenTo: () => keys.press('Shift+A'),
    trimEndToPlayhead: (region) => hand.region(region, { keys: ']', entries: [] }),
    moveToLane: (region) => hand.region(region, { keys: 'Control+ArrowDown', entries: [] }),
    takeAtPlayhead: (region, take) => hand.region(region, { keys: String(take), entries: [] }),
  }
  async function chooseRadio(choice: Locator): Promise<void> {
    const isChosen = async (): Promise<boolean> =>
      (await choice.getAttribute('aria-checked')) === 'true' ||
      (await choice.evaluate((one) => one.matches(':checked')))
    if (await isChosen()) return
    // Of a group one is reached with the tab key, and the others with the arrows.
    const group = choice.locator('xpath=ancestor::*[@role="radiogroup"][1]')
    const name = await choice.getAttribute('name')
    await keys.reach(
      name === null ? group.locator('[role=radio][tabindex="0"]') : page.locator(`input[name="${name}"]:checked`),
    )
    for (let press = 0; press < MOST_ARROWS && !(await isChosen()); press++) await keys.press('ArrowRight')
    expect(await isChosen()).toBe(true)
  }
  return hand
}
