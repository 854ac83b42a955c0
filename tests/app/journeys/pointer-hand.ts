import { expect } from 'vitest'
import type { Locator } from 'playwright-core'
import { controlsOf } from '../../support/story/controls.ts'
import { patient, type StudioPage } from '../../support/story/studio-page.ts'
import type { Hand } from './hand.ts'

/** Below the strip and beside the handles of a region: its body. */
const BODY = { x: 30, y: 56 }
const RATE_HZ = 48_000
/** How near a click on the ruler comes to what is wanted, at the zoom of these songs. */
const NEAR_SEC = 0.05
const MOST_INTENSITY = 150

/** A person with a pointer that presses and lets go, and never drags. Words are typed, where there is no other way. */
export function pointerHand({ page }: StudioPage): Hand {
  const { button, dialog, picked } = controlsOf(page)
  const menuEntry = (name: string) => page.locator('[role^=menuitem]', { hasText: name }).first()

  async function press(control: Locator): Promise<void> {
    await control.click(patient)
  }
  const hand: Hand = {
    way: 'pointer',
    use: press,
    async menu(opener, entries) {
      await press(opener)
      for (const entry of entries) await press(menuEntry(entry))
    },
    choose: press,
    async type(field, text) {
      await press(field)
      await field.fill(text)
    },
    async pickFiles(folder, names) {
      await press(picked(folder))
      for (const name of names) await press(picked(name))
      await press(button(names.length > 1 ? `Choose ${names.length} files` : 'Choose'))
    },
    async pickFolder(folder, confirm) {
      await press(picked(folder))
      await dialog(/Choose|Save as/)
        .getByTitle(new RegExp(`/${folder}$`))
        .waitFor()
      await press(picked(confirm))
    },
    async song({ entry }) {
      await press(button('Menu'))
      await press(menuEntry(entry))
    },
    async region(region, { entries }) {
      await region.click({ button: 'right', position: BODY })
      for (const entry of entries) await press(menuEntry(entry))
    },
    async select(region) {
      await region.click({ position: BODY })
      await expect.poll(() => region.getAttribute('aria-selected'), patient).toBe('true')
    },
    async selectBoth(first, second) {
      await hand.select(first)
      await second.click({ position: BODY, modifiers: ['Control'] })
    },
    undo: () => press(button(/^Undo/)),
    async playheadTo(sec) {
      // Where the second is on the screen is read from where the ruler puts the playhead.
      const ruler = page.getByRole('slider', { name: 'Playhead' })
      const [box, head] = [
        await ruler.boundingBox(),
        async () => Number(await ruler.getAttribute('data-playhead-samples')),
      ]
      if (!box) throw new Error('the ruler is not in sight')
      const at = async (xPx: number): Promise<number> => {
        await page.mouse.click(box.x + xPx, box.y + box.height / 2)
        return (await head()) / RATE_HZ
      }
      const [near, far] = [await at(100), await at(300)]
      const perPx = (far - near) / 200
      expect(await at(100 + (sec - near) / perPx)).toBeGreaterThan(sec - NEAR_SEC)
    },

    async importIntoNewSong(folder, names) {
      await press(button(/^Import stems/))
      await hand.pickFiles(folder, names)
    },
    async addClips(folder, names) {
      await press(button('Add clips'))
      await hand.pickFiles(folder, names)
    },
    singWith: (region, singer) => hand.region(region, { keys: null, entries: ['Sing with', singer] }),
    async emotion(region, emotion) {
      await hand.select(region)
      await press(page.getByRole('complementary', { name: 'Inspector' }).getByRole('radio', { name: emotion }))
    },
    async intensity(percent) {
      const slider = page.getByRole('slider', { name: 'Intensity', exact: true })
      const box = await slider.boundingBox()
      if (!box) throw new Error('the slider is not in sight')
      await page.mouse.click(box.x + 2 + (percent / MOST_INTENSITY) * (box.width - 4), box.y + box.height / 2)
    },
    listenTo: (heard) => press(page.getByLabel('Transport').getByRole('radio', { name: heard })),
    trimEndToPlayhead: (region) => hand.region(region, { keys: null, entries: ['Trim end to playhead'] }),
    moveToLane: (region, track) => hand.region(region, { keys: null, entries: ['Move to', track] }),
    async takeAtPlayhead(_region, take) {
      // The later of the two parts that the cut made.
      await page.locator(`[data-take-lane="${take}"] [data-take-span$=" ${take} 1"]`).click()
    },
  }
  return hand
}
