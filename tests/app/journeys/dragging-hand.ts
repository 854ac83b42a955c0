import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import type { StudioPage } from '../../support/story/studio-page.ts'
import type { Hand } from './hand.ts'
import { pointerHand } from './pointer-hand.ts'

const MOST_INTENSITY = 150

/** A person who drags wherever something can be dragged, and presses for the rest. */
export function draggingHand(studio: StudioPage): Hand {
  const { page, home } = studio
  const pointer = pointerHand(studio)

  async function boxOf(thing: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await thing.boundingBox()
    if (!box) throw new Error(`${String(thing)} is not in sight`)
    return box
  }
  /** In steps, as a hand does. */
  async function drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2)
    await page.mouse.move(to.x, to.y)
    await page.mouse.move(to.x, to.y)
    await page.mouse.up()
  }
  /** Files that come from outside the window; no browser lets a test drag them in by the pointer itself. */
  async function dropFiles(place: Locator, folder: string, names: readonly string[]): Promise<void> {
    const files = names.map((name) => ({ name, base64: readFileSync(join(home, folder, name)).toString('base64') }))
    await place.evaluate((element, dropped) => {
      const data = new DataTransfer()
      for (const { name, base64 } of dropped)
        data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name))
      const box = element.getBoundingClientRect()
      const at = {
        clientX: box.left + box.width / 2,
        clientY: box.top + box.height / 2,
        bubbles: true,
        cancelable: true,
        dataTransfer: data,
      }
      element.dispatchEvent(new DragEvent('dragover', at))
      element.dispatchEvent(new DragEvent('drop', at))
    }, files)
  }
  const playheadX = async (): Promise<number> => (await boxOf(page.locator('.playhead').first())).x

  return {
    ...pointer,
    way: 'drag',
    async selectBoth(first, second) {
      const [from, to] = [await boxOf(first), await boxOf(second)]
      // Around both, from the empty lane after the later one.
      await drag({ x: to.x + to.width + 20, y: to.y + to.height - 6 }, { x: from.x + 10, y: from.y + 30 })
    },
    async importIntoNewSong(folder, names) {
      // Files that are dropped into a browser do not say of which folder they are: the song gets its name by hand.
      await pointer.use(page.getByRole('button', { name: 'New project' }))
      const sheet = page.getByRole('dialog', { name: 'New project' })
      await pointer.type(sheet.getByRole('textbox', { name: 'Name' }), folder)
      await pointer.use(sheet.getByRole('button', { name: 'Create' }))
      await page.getByRole('slider', { name: 'Playhead' }).waitFor()
      await dropFiles(page.locator('.window'), folder, names)
    },
    addClips: (folder, names) => dropFiles(page.getByRole('region', { name: 'Train a singer' }), folder, names),
    async singWith(region, singer) {
      const row = page.getByRole('button', { name: new RegExp(`^${singer}, `) })
      await row.dragTo(region, { targetPosition: { x: 30, y: 50 } })
    },
    async intensity(percent) {
      const slider = page.getByRole('slider', { name: 'Intensity', exact: true })
      const box = await boxOf(slider)
      const y = box.y + box.height / 2
      const xOf = (value: number): number => box.x + 2 + (value / MOST_INTENSITY) * (box.width - 4)
      const now = Number(await slider.inputValue()) * 100
      await drag({ x: xOf(now), y }, { x: xOf(percent), y })
    },
    async trimEndToPlayhead(region) {
      const box = await boxOf(region)
      const y = box.y + box.height - 12
      await drag({ x: box.x + box.width - 2, y }, { x: await playheadX(), y })
    },
    async moveToLane(region, track) {
      const from = await boxOf(region)
      const named = page.locator(`[data-region].source[aria-label^="${track}, "]`)
      const lane = await boxOf(page.locator('[data-lane]').filter({ has: named }))
      const x = from.x + from.width / 2
      await drag({ x, y: from.y + 56 }, { x, y: lane.y + lane.height / 2 + 10 })
    },
    async takeAtPlayhead(_region, take) {
      const box = await boxOf(page.locator(`[data-take-lane="${take}"] [data-take-span$=" ${take} 1"]`))
      const y = box.y + box.height / 2
      await drag({ x: box.x + 8, y }, { x: box.x + box.width - 4, y })
    },
  }
}
