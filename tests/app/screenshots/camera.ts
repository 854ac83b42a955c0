import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'

/** The two windows of the design: the usual one and the smallest. */
export const sizes = [
  { width: 1440, height: 900 },
  { width: 1120, height: 700 },
] as const
export type Size = (typeof sizes)[number]

export const screensFolder = resolve(import.meta.dirname, '../../../out/screens')
const folderOf = ({ width, height }: Size): string => join(screensFolder, `${width}x${height}`)
export const picturePath = (size: Size, name: string): string => join(folderOf(size), `${name}.png`)

export interface Camera {
  /** What is shown now, in both sizes. */
  take(name: string): Promise<void>
  /** In the usual size alone. */
  takeOnce(name: string): Promise<void>
  /** The usual size at a scale of 200 %: half as many of the window's own pixels. */
  takeScaled(name: string): Promise<void>
}

/** One folder per size; a run of every scene begins with none. */
export function preparePictures(isWholeRun: boolean): void {
  if (isWholeRun) rmSync(screensFolder, { recursive: true, force: true })
  for (const size of sizes) mkdirSync(folderOf(size), { recursive: true })
}

export function createCamera(page: Page): Camera {
  async function takeAt(size: Size, name: string): Promise<void> {
    const now = page.viewportSize()
    // Menus close when the window changes.
    if (now?.width !== size.width || now.height !== size.height) await page.setViewportSize(size)
    await page.evaluate(settled)
    await page.screenshot({ path: picturePath(size, name) })
  }
  return {
    async take(name) {
      for (const size of [sizes[1], sizes[0]]) await takeAt(size, name)
      process.stdout.write(`  ${name}\n`)
    },
    async takeOnce(name) {
      await takeAt(sizes[0], name)
      process.stdout.write(`  ${name}\n`)
    },
    async takeScaled(name) {
      await page.setViewportSize({ width: sizes[0].width / 2, height: sizes[0].height / 2 })
      await page.evaluate(settled)
      await page.screenshot({ path: picturePath(sizes[0], name) })
      process.stdout.write(`  ${name}\n`)
    },
  }
}

/** Everything in sight is laid out and its waves are drawn. */
async function settled(): Promise<void> {
  const nextFrame = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(done))
  await document.fonts.ready
  for (let frame = 0; frame < 3; frame++) await nextFrame()
  const isPainting = (): boolean => document.querySelector('[data-region] canvas:not([data-painted=wave])') !== null
  for (let frame = 0; frame < 600 && isPainting(); frame++) await nextFrame()
}
