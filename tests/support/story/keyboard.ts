import type { Locator, Page } from 'playwright-core'

/** More stops of the tab key than any screen has: reaching nothing must end. */
const MOST_STOPS = 160

/** A person who has a keyboard and nothing else. */
export interface Keyboard {
  press(...keys: readonly string[]): Promise<void>
  type(text: string): Promise<void>
  /** Goes on with the tab key until the wanted control has the focus. */
  reach(wanted: Locator): Promise<void>
  /** Reaches a control and presses Enter. */
  use(wanted: Locator): Promise<void>
  /** Goes through rows, chips or entries with an arrow until one has the focus. */
  arrowTo(wanted: Locator, arrow?: 'ArrowDown' | 'ArrowUp' | 'ArrowLeft' | 'ArrowRight'): Promise<void>
}

export function keyboardOf(page: Page): Keyboard {
  const hasFocus = (wanted: Locator): Promise<boolean> =>
    wanted.evaluate((element) => element === document.activeElement)

  async function pressUntil(wanted: Locator, key: string): Promise<void> {
    await wanted.waitFor()
    for (let stops = 0; stops < MOST_STOPS; stops++) {
      if (await hasFocus(wanted)) return
      await page.keyboard.press(key)
    }
    throw new Error(`no ${key} reaches ${String(wanted)}`)
  }
  const keyboard: Keyboard = {
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key)
    },
    type: (text) => page.keyboard.type(text),
    reach: (wanted) => pressUntil(wanted, 'Tab'),
    async use(wanted) {
      await keyboard.reach(wanted)
      await page.keyboard.press('Enter')
    },
    arrowTo: (wanted, arrow = 'ArrowDown') => pressUntil(wanted, arrow),
  }
  return keyboard
}
