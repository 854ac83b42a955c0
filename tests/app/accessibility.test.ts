import { afterAll, beforeAll, expect, test } from 'vitest'
import { failure } from '../../src/shared/base/errors.ts'
import type { FarmState } from '../../src/shared/contract/farm-state.ts'
import { farmState, farmWorker } from '../support/farm-states.ts'
import { scriptFarm } from '../support/scripted-farm.ts'
import { openStudioPage, type StudioPage } from '../support/story/studio-page.ts'

let studio: StudioPage
beforeAll(async () => {
  studio = await openStudioPage('screens')
})
afterAll(() => studio?.close())

/** WCAG 2.5.8. */
const LEAST_TARGET_PX = 24

/** Controls with no name, and pointer targets that are too small; what lies outside the window counts as well. */
const faultyControls = (): Promise<readonly string[]> =>
  studio.page.evaluate((leastPx) => {
    const controls = [...document.querySelectorAll<HTMLElement>('button, [role=radio], [role=combobox]')]
    return controls
      .filter((control) => control.offsetParent !== null && control.ariaHidden !== 'true')
      .flatMap((control) => {
        const box = control.getBoundingClientRect()
        const around = getComputedStyle(control, '::after')
        const reserve = around.position === 'absolute' ? Math.max(0, -parseFloat(around.top) * 2) : 0
        const isSmall = box.height + reserve < leastPx || box.width < leastPx
        const isNamed = (control.ariaLabel ?? control.textContent ?? '').trim() !== ''
        const words = control.ariaLabel ?? control.textContent
        return isSmall || !isNamed ? [`${words} ${Math.round(box.width)} × ${Math.round(box.height)}`] : []
      })
  }, LEAST_TARGET_PX)

async function isSound(name: string): Promise<void> {
  await studio.inspect(name)
  expect.soft(await faultyControls(), `controls of ${name}`).toEqual([])
}

test('every screen and dialog of the window is found whole by axe, its controls named and large enough', async () => {
  const { page } = studio
  const title = (name: string) => page.getByRole('heading', { name })
  await title('Try the demo song').waitFor()
  await isSound('start')

  for (const [key, name] of [
    ['?', 'Keyboard shortcuts'],
    ['Control+,', 'Preferences'],
    ['Control+n', 'New project'],
    ['Control+o', 'Choose a file'],
  ] as const) {
    await page.keyboard.press(key)
    await title(name).waitFor()
    await isSound(name.toLowerCase().replaceAll(' ', '-'))
    await page.keyboard.press('Escape')
    await title(name).waitFor({ state: 'hidden' })
  }

  await page.getByRole('button', { name: 'Train', exact: true }).click()
  await title('Train a singer').waitFor()
  await isSound('training')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Open demo' }).click()
  await page.getByRole('gridcell', { name: /Verse.*sung by/ }).waitFor()
  await page.getByRole('button', { name: /^Jobs/ }).click()
  await isSound('song')
  await page.getByRole('gridcell', { name: /Verse.*sung by/ }).click()
  await title('Verse').waitFor()
  await isSound('region')
  await page.keyboard.press('Control+Shift+E')
  await title('Export').waitFor()
  await isSound('export')
  await page.keyboard.press('Escape')
  expect(studio.complaints).toEqual([])
})

test('where colors are forced or the window is small, nothing is lost', async () => {
  const { page } = studio
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  // axe reckons with the colors of the style sheet, which nobody sees then; the picture is for people to look at.
  expect(await faultyControls()).toEqual([])
  await page.screenshot({ path: 'out/screenshots/screens-forced-colors.png' })
  await page.emulateMedia({ forcedColors: 'none', reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 1120, height: 700 })
  await isSound('small-window')
  const isCut = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(isCut).toBe(false)
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('the keyboard walks through the panels with F6, and the focus is always seen', async () => {
  const { page } = studio
  const seen = new Set<string>()
  for (let press = 0; press < 8; press++) {
    await page.keyboard.press('F6')
    const at = await page.evaluate(() => {
      const focused = document.activeElement
      const style = focused && getComputedStyle(focused)
      const panel = focused?.closest('[data-panel]')
      const hasRing = style !== null && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      const around = focused?.parentElement && getComputedStyle(focused.parentElement)
      const isRingedAround = around ? around.outlineStyle !== 'none' && parseFloat(around.outlineWidth) >= 2 : false
      return { panel: panel?.getAttribute('aria-label') ?? '', isSeen: hasRing || isRingedAround }
    })
    expect(at.isSeen, at.panel).toBe(true)
    seen.add(at.panel)
  }
  expect([...seen]).toEqual(expect.arrayContaining(['Browser', 'Inspector', 'Status']))
})

test('other machines are told of beside the engines, where a queue is named, whole for axe and by keyboard', async () => {
  const { page } = studio
  let farm: FarmState | null = null
  await scriptFarm(page, () => farm)
  await page.reload()
  await page.getByText('see “Other machines” in the README').waitFor()
  const panel = page.getByRole('region', { name: 'Other machines' })
  expect(await panel.count()).toBe(0)

  farm = farmState()
  await page.reload()
  await panel.getByText('No machine works here yet').waitFor()
  expect(await panel.locator('code').innerText()).toMatch(
    /^understudy worker\s+--queue redis:\S+\s+--store \/mnt\/sounds\s*$/,
  )
  await isSound('machines-none')

  farm = farmState({ trouble: failure('queue-unreachable', 'The queue can’t be reached.', 'Start it.') })
  const again = panel.getByRole('button', { name: 'Try again' })
  await again.waitFor()
  await isSound('machines-trouble')
  expect(await page.getByRole('status').allInnerTexts()).toContain('The queue can’t be reached.')

  const failures = ['No room on anna.', 'No room on bert.'].map((message, failedAtMs) => ({
    machine: 'anna',
    failure: failure('disk-full', message, 'Make room.'),
    failedAtMs,
  }))
  const workers = [
    farmWorker('anna', { fraction: 0.4 }),
    farmWorker('bert', { isOfThisVersion: false, version: '0.0.9' }),
  ]
  farm = farmState({ workers, failures, counts: { waiting: 1, active: 1, done: 1, failed: 2 } })
  await again.focus()
  await page.keyboard.press('Enter')
  await panel.getByRole('progressbar', { name: 'anna converts' }).waitFor()
  // The keyboard stays where it was, though its button is gone.
  expect(await panel.evaluate((element) => element.contains(document.activeElement))).toBe(true)
  expect(await panel.getByRole('listitem').first().innerText()).toContain('converts, 40 %')
  await panel.getByText('Version 0.0.9: takes nothing from here.').waitFor()
  expect(await panel.getByRole('button', { name: /^Copy details: A task failed on anna, / }).count()).toBe(2)
  await isSound('machines')
  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.getByRole('dialog', { name: 'Other machines' }).getByText('One of 2 machines works').waitFor()
  await isSound('machines-dialog')
  await page.keyboard.press('Escape')
})
