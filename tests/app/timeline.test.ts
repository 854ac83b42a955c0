import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import type { RegionId } from '../../src/shared/base/id.ts'
import { openBundledPage, type BundledPage } from '../support/bundled-page.ts'
import type { TimelineTestPage } from './pages/timeline-page.ts'

declare global {
  interface Window {
    readonly timelinePage: TimelineTestPage
  }
}

/** A busy machine may take a while; what is polled for comes at once on an idle one. */
const patient = { timeout: 20_000 }

let bundled: BundledPage
let page: Page
beforeAll(async () => {
  bundled = await openBundledPage(`${import.meta.dirname}/pages/timeline-page.ts`)
  page = bundled.page
})
afterAll(() => bundled?.close())
beforeEach(async () => {
  await page.reload()
  await page.waitForSelector('html[data-ready]', { state: 'attached' })
  await page.waitForSelector('[data-region=verse] canvas[data-painted=wave]')
})

const region = (id: string): Locator => page.locator(`[data-region="${id}"]`)
const words = (id: string) => region(id).locator('.words').getAttribute('data-text')
const start = (id: string) =>
  page.evaluate((name) => window.timelinePage.editor.session.project.regions[name as RegionId]?.startSamples, id)
const undoLabel = () => page.evaluate(() => window.timelinePage.editor.session.undoLabel)
const selected = () => page.evaluate(() => [...window.timelinePage.editor.selection.ids])

/** Drags from a place inside a region by a distance, in steps, and maybe stops before letting go. */
async function drag(id: string, by: { x: number; y: number }, from = { x: 40, y: 50 }, letsGo = true): Promise<void> {
  const box = await region(id).boundingBox()
  if (!box) throw new Error(`the region ${id} is not on the page`)
  await page.mouse.move(box.x + from.x, box.y + from.y)
  await page.mouse.down()
  await page.mouse.move(box.x + from.x + by.x / 2, box.y + from.y + by.y / 2)
  await page.mouse.move(box.x + from.x + by.x, box.y + from.y + by.y)
  if (letsGo) await page.mouse.up()
}

test('every state of a region has its words, and a name that says all of it', async () => {
  const states = await page
    .locator('[data-region]')
    .evaluateAll((all) => all.map((one) => [one.getAttribute('data-region'), one.getAttribute('data-state')]))
  expect(Object.fromEntries(states)).toEqual({
    verse: 'replaced',
    bridge: 'original',
    lost: 'missing',
    converted: 'converted',
    stale: 'stale',
    assigned: 'assigned',
    running: 'converting',
    failing: 'failed',
  })
  expect(await region('converted').getAttribute('aria-label')).toBe(
    'converted, 0.0 to 3.0 seconds, Mira, sad 60 percent, converted',
  )
  expect(await words('running')).toBe('50 % · 8 s')
  expect(await words('failing')).toBe('no voice found')
  expect(await words('stale')).toBe('out of date')
  expect(await region('lost').innerText()).toContain('gone.wav')
})

test('the wave has the source’s color for a source and the singer’s for what was converted', async () => {
  const colorOf = (id: string) =>
    region(id)
      .locator('canvas')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => {
        const context = canvas.getContext('2d')
        const data = context?.getImageData(45, Math.round(canvas.height / 2), 1, 1).data ?? [0, 0, 0]
        return [data[0], data[1], data[2]].map((value) => Math.round(value / 8))
      })
  expect(await colorOf('bridge')).toEqual([143, 161, 179].map((value) => Math.round(value / 8)))
  expect(await colorOf('converted')).toEqual([255, 138, 112].map((value) => Math.round(value / 8)))
})

test('a drag along the lane moves a region to the grid in one step, and Ctrl+Z puts it back', async () => {
  await drag('bridge', { x: 41, y: 0 })
  expect(await start('bridge')).toBe(48_000 * 5)
  expect(await undoLabel()).toBe('Move bridge')
  await page.keyboard.press('Control+z')
  expect(await start('bridge')).toBe(48_000 * 4)
})

test('Escape in the middle of a drag leaves no trace', async () => {
  await drag('bridge', { x: 90, y: 0 }, undefined, false)
  expect(await start('bridge')).not.toBe(48_000 * 4)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  expect(await start('bridge')).toBe(48_000 * 4)
  expect(await undoLabel()).toBeNull()
})

test('a region dragged onto a singer’s lane shows who would sing, and is sung there after the drop', async () => {
  await drag('bridge', { x: 0, y: 80 }, undefined, false)
  await page.locator('[data-ghost="Mira"]').waitFor()
  await page.mouse.up()
  expect(await undoLabel()).toBe('Sing with Mira: bridge')
  expect(await region('bridge').getAttribute('data-state')).toBe('replaced')
  expect(await page.locator('[data-lane=miratrack] [data-region]').count()).toBe(6)
})

test('a sung region over a lane of sources is refused with the reason', async () => {
  await drag('assigned', { x: 0, y: -80 }, undefined, false)
  await page.getByText('plays sources as they are').waitFor()
  await page.mouse.up()
  expect(await undoLabel()).toBeNull()
})

test('edges trim, and marks in the corners fade, once a region is selected', async () => {
  await drag('bridge', { x: 40, y: 0 }, { x: 2, y: 60 })
  expect(await start('bridge')).toBe(48_000 * 5)
  await drag('bridge', { x: 15, y: 0 }, { x: 9, y: 25 })
  const fade = await page.evaluate(
    () => window.timelinePage.editor.session.project.regions['bridge' as RegionId].fadeInSamples,
  )
  expect(fade).toBe(15 * 1200)
})

test('a marquee selects what it touches, Ctrl adds, and a click on the empty lane clears', async () => {
  const lane = await page.locator('[data-lane=miratrack]').boundingBox()
  if (!lane) throw new Error('the lane is not on the page')
  await page.mouse.move(lane.x + 217 + 140, lane.y + 20)
  await page.mouse.down()
  await page.mouse.move(lane.x + 217 + 200, lane.y + 60)
  await page.mouse.move(lane.x + 217 + 340, lane.y + 60)
  await page.mouse.up()
  expect(await selected()).toEqual(['stale', 'assigned'])
  await region('verse').click({ modifiers: ['Control'] })
  expect((await selected()).sort()).toEqual(['assigned', 'stale', 'verse'])
  await page.mouse.click(lane.x + 217 + 140, lane.y + 40)
  expect(await selected()).toEqual([])
})

test('the keyboard alone finds a region, gives it a singer and an emotion, and asks for its conversion', async () => {
  await region('verse').focus()
  await page.keyboard.press('ArrowRight')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-region')), patient)
    .toBe('bridge')
  await page.keyboard.press('g')
  await page.getByRole('menuitemradio', { name: 'Jonas' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  expect(await undoLabel()).toBe('Sing with Jonas: bridge')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-state')), patient)
    .toBe('assigned')
  await page.keyboard.press('e')
  await page.getByRole('menuitemradio', { name: 'Sad' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  expect(await undoLabel()).toBe('Sad: bridge')
  await page.keyboard.press('c')
  await expect.poll(() => page.evaluate(() => window.timelinePage.asked), patient).toContain('project:convert')
})

test('every act of a drag stands in the region’s menu', async () => {
  await region('converted').focus()
  await page.keyboard.press('Shift+F10')
  const names = await page.getByRole('menu').first().getByRole('menuitem').allInnerTexts()
  const acts = names.map((name) => name.split('\n')[0])
  expect(acts).toEqual(
    expect.arrayContaining([
      'Sing with',
      'Move to',
      'Split at playhead',
      'Trim start to playhead',
      'Duplicate',
      'Delete',
    ]),
  )
})

test('play moves the clock and the meters, the loop holds it, and Space stops where it began', async () => {
  await region('verse').click()
  await page.keyboard.press('Shift+L')
  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await expect.poll(() => page.locator('[data-clock]').innerText(), patient).not.toBe('0:00.000')
  await expect
    .poll(() => page.evaluate(() => window.timelinePage.editor.meters.master[0].levelDb), patient)
    .toBeGreaterThan(-40)
  await page.keyboard.press('Space')
  expect(await page.locator('[data-clock]').innerText()).toBe('0:00.000')
})

test('A hears the original of the whole song, and the waves show what one hears', async () => {
  await page.keyboard.press('a')
  expect(await page.getByRole('radio', { name: 'Original' }).getAttribute('aria-checked')).toBe('true')
  expect(await region('converted').locator('[data-text=O]').count()).toBe(1)
})

test('files dropped on a lane are imported there, a singer dropped on a region sings it', async () => {
  await page.evaluate(() => {
    const lane = document.querySelector('[data-lane=lead]')
    const onRegion = document.querySelector('[data-region=bridge]')
    if (!lane || !onRegion) throw new Error('the lane is not on the page')
    const box = lane.getBoundingClientRect()
    const data = new DataTransfer()
    data.items.add(new File(['x'], 'stem.wav'))
    const at = { clientX: box.left + 700, clientY: box.top + 20, bubbles: true, cancelable: true, dataTransfer: data }
    lane.dispatchEvent(new DragEvent('dragover', at))
    lane.dispatchEvent(new DragEvent('drop', at))
    const place = onRegion.getBoundingClientRect()
    const singer = new DataTransfer()
    singer.setData('application/x-understudy-singer', 'jonas')
    onRegion.dispatchEvent(
      new DragEvent('drop', { ...at, clientX: place.left + 10, clientY: place.top + 30, dataTransfer: singer }),
    )
  })
  await expect.poll(() => page.evaluate(() => window.timelinePage.asked), patient).toContain('project:import')
  expect(await undoLabel()).toBe('Sing with Jonas: bridge')
})

test('a name is typed in place with F2', async () => {
  await region('verse').focus()
  await page.keyboard.press('F2')
  await page.keyboard.type('Opening')
  await page.keyboard.press('Enter')
  expect(await region('verse').innerText()).toContain('Opening')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-region')), patient)
    .toBe('verse')
})

test('a marker is set, named, moved along and removed by the keyboard, and dragged by the pointer', async () => {
  const places = () =>
    page.evaluate(() => window.timelinePage.editor.session.project.markers.map((one) => one.atSamples))
  await page.keyboard.press('k')
  const flag = page.locator('[data-marker]')
  await flag.focus()
  await page.keyboard.press('F2')
  await page.keyboard.type('Intro')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Intro, 0:00.000' }).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute('data-marker')), patient).toBe(true)
  await page.keyboard.press('Control+ArrowRight')
  expect(await places()).toEqual([6000])
  const box = await flag.boundingBox()
  if (!box) throw new Error('the marker is not on the page')
  await page.mouse.move(box.x + 10, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + 50, box.y + 10)
  await page.mouse.move(box.x + 90, box.y + 10)
  await page.mouse.up()
  expect(await places()).toEqual([102_000])
  expect(await undoLabel()).toBe('Move Intro')
  await flag.focus()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Remove the marker' }).click()
  expect(await places()).toEqual([])
})

test('tempo and meter change at a bar: typed and moved by the keyboard, dragged and removed by the pointer', async () => {
  const changes = () => page.evaluate(() => window.timelinePage.editor.session.project.tempoMap.tempos)
  const bars = () => page.locator('[data-bars]').innerText()
  const bridgeStart = await start('bridge')
  await page.evaluate(() => window.timelinePage.editor.transport.seek(200_000))
  await page.keyboard.press('Shift+K')
  const fields = page.getByRole('dialog', { name: 'Tempo and meter from bar 3' })
  await fields.getByRole('textbox', { name: 'Tempo' }).fill('60')
  await fields.getByRole('textbox', { name: 'Meter' }).fill('3/4')
  await page.keyboard.press('Enter')
  const flag = page.getByRole('button', { name: '60 3/4, bar 3' })
  await expect.poll(() => flag.evaluate((element) => element === document.activeElement), patient).toBe(true)
  expect(await bars()).toBe('3.1.1')
  expect(await page.getByRole('textbox', { name: 'Tempo in beats per minute' }).inputValue()).toBe('60.00')
  expect(await start('bridge')).toBe(bridgeStart)
  await page.keyboard.press('Control+ArrowRight')
  await page.getByRole('button', { name: '60 3/4, bar 4' }).waitFor()
  expect(await bars()).toBe('3.1.2')
  await page.locator('[data-bars]').click()
  await page.keyboard.type('4.3')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => window.timelinePage.editor.transport.positionSamples)).toBe(288_000 + 96_000)
  const moved = page.locator('[data-tempo="4"]')
  const box = await moved.boundingBox()
  if (!box) throw new Error('the change is not on the page')
  await page.mouse.move(box.x + 10, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x - 20, box.y + 10)
  await page.mouse.move(box.x - 60, box.y + 10)
  await page.mouse.up()
  expect((await changes()).at(-1)?.bar).toBeLessThan(4)
  await page.locator('[data-tempo="1"]').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Ramp to the next tempo' }).click()
  expect((await changes())[0].isRamp).toBe(true)
  await page.locator('[data-tempo]').nth(1).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Remove the change' }).click()
  expect(await changes()).toEqual([{ bar: 1, bpm: 120, isRamp: true }])
})

test('cut, trimmed, brought to another lane, crossfaded, colored: undo gives back the same bytes', async () => {
  const written = () => page.evaluate(() => JSON.stringify(window.timelinePage.editor.session.project))
  const seek = (sec: number) => page.evaluate((at) => window.timelinePage.editor.transport.seek(at * 48_000), sec)
  const before = await written()
  await region('bridge').focus()
  await page.keyboard.press('Enter')
  await seek(5)
  await page.keyboard.press('s')
  await seek(4.5)
  await page.keyboard.press('[')
  await page.keyboard.press('Control+ArrowDown')
  await expect.poll(undoLabel, patient).toBe('Sing with Mira: bridge')
  await page.evaluate(() => {
    const { project } = window.timelinePage.editor.session
    const named = Object.values(project.regions).filter((one) => one.name === 'bridge' && one.trackId === 'lead')
    window.timelinePage.editor.selection.select(named.map((one) => one.id))
  })
  await page.keyboard.press('Shift+F')
  await expect.poll(undoLabel, patient).toBe('Crossfade 2 regions')
  await region('bridge').click({ button: 'right', position: { x: 8, y: 50 } })
  await page.getByRole('menuitem', { name: 'Color' }).click()
  await page.getByRole('menuitemradio', { name: 'Lime' }).click()
  expect(await undoLabel()).toBe('Color 2 regions')
  while ((await undoLabel()) !== null) await page.keyboard.press('Control+z')
  expect(await written()).toBe(before)
})

test('axe finds nothing on the timeline and the transport bar, with the fields of a change of tempo open', async () => {
  await page.keyboard.press('Shift+K')
  await page.getByRole('dialog', { name: 'Tempo and meter from bar 1' }).waitFor()
  await page.evaluate(readFileSync(resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8'))
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    } // put there above
    return (await axe.run()).violations.flatMap((violation) =>
      violation.nodes.map((node) => `${violation.id}: ${node.html}`),
    )
  })
  expect(violations).toEqual([])
})

test('nothing complained under the product’s content policy', () => {
  expect(bundled.complaints).toEqual([])
})
