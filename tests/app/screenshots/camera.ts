import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'

/** The two windows of the design: the usual one and the smallest. */
const sizes = [
  { width: 1440, height: 900 },
  { width: 1120, height: 700 },
] as const

export interface Camera {
  readonly folder: string
  /** What is shown now, in both sizes. */
  take(name: string): Promise<void>
  /** In the usual size alone. */
  takeOnce(name: string): Promise<void>
}

/** Pictures go to out/screens, one folder per size; what was there from an earlier run is gone. */
export function createCamera(page: Page): Camera {
  const folder = resolve(import.meta.dirname, '../../../out/screens')
  rmSync(folder, { recursive: true, force: true })
  const nameOf = ({ width, height }: (typeof sizes)[number]): string => join(folder, `${width}x${height}`)
  for (const size of sizes) mkdirSync(nameOf(size), { recursive: true })

  async function takeAt(size: (typeof sizes)[number], name: string): Promise<void> {
    const now = page.viewportSize()
    // Menus close when the window changes.
    if (now?.width !== size.width || now.height !== size.height) await page.setViewportSize(size)
    await page.evaluate(settled)
    await page.screenshot({ path: join(nameOf(size), `${name}.png`) })
  }
  return {
    folder,
    async take(name) {
      for (const size of [sizes[1], sizes[0]]) await takeAt(size, name)
      process.stdout.write(`${name}\n`)
    },
    async takeOnce(name) {
      await takeAt(sizes[0], name)
      process.stdout.write(`${name}\n`)
    },
  }
}

/** Everything in sight is laid out and its waves are drawn. */
async function settled(): Promise<void> {
  const nextFrame = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(done))
  for (let frame = 0; frame < 3; frame++) await nextFrame()
  const isPainting = (): boolean => document.querySelector('[data-region] canvas:not([data-painted=wave])') !== null
  for (let frame = 0; frame < 600 && isPainting(); frame++) await nextFrame()
}
