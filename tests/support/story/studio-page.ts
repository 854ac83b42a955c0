import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, vi } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import type { Job } from '../../../src/shared/contract/jobs.ts'
import { openBrowser } from '../browser.ts'
import { enterWindow } from '../enter-window.ts'
import { startTestHost, type TestHost } from '../headless.ts'
import { removeFolder } from '../temporary-folder.ts'
import { writeRecordings, type Recordings } from './recordings.ts'

const root = resolve(import.meta.dirname, '../../..')
const screenshotFolder = join(root, 'out/screenshots')

/** What an idle machine shows at once; a busy one may take a while. */
export const patient = { timeout: 25_000 }
/** Work that takes an idle machine some ten seconds. */
export const untilDone = { timeout: 150_000 }

/** One person's machine: a home with recordings, the product on it, and its window in the real browser. */
export interface StudioPage {
  readonly page: Page
  readonly home: string
  readonly recordings: Recordings
  readonly host: TestHost
  /** What the page complained of: errors and breaches of its content policy. */
  readonly complaints: readonly string[]
  /** Nothing that axe knows is wrong with what is shown; what is shown is kept as a picture. */
  inspect(name: string): Promise<void>
  /** What was shown when a claim did not hold. */
  keepFailure(state: string | undefined): Promise<void>
  jobs(kind: Job['kind']): Promise<readonly Job[]>
  /** The product ends, as if its process had, and starts again on the same library. */
  restart(): Promise<void>
  close(): Promise<void>
}

export async function openStudioPage(
  story: string,
  write: (homeFolder: string) => Recordings = writeRecordings,
): Promise<StudioPage> {
  const home = mkdtempSync(join(tmpdir(), 'understudy-home-'))
  // The picker of places begins in the person's home.
  vi.stubEnv('HOME', home)
  const library = join(home, '.understudy')
  mkdirSync(library)
  mkdirSync(screenshotFolder, { recursive: true })
  const recordings = write(home)
  const browser: Browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  page.setDefaultTimeout(patient.timeout)
  const complaints = listenForComplaints(page)
  let host = await startTestHost(library)
  await enterWindow(page, host)
  return {
    page,
    home,
    recordings,
    get host() {
      return host
    },
    complaints,
    async inspect(name) {
      await expect.poll(() => page.locator('[data-region] canvas:not([data-painted=wave])').count(), patient).toBe(0)
      // The story goes on, so that one run tells all that is wrong.
      expect.soft(await axeViolations(page), `axe on ${name}`).toEqual([])
      await page.screenshot({ path: join(screenshotFolder, `${story}-${name}.png`) })
    },
    async keepFailure(state) {
      if (state === 'fail') await page.screenshot({ path: join(screenshotFolder, `${story}-failed.png`) })
    },
    jobs: async (kind) => {
      const answer = await host.application.call('jobs:list', {})
      if (!answer.ok) throw new Error(answer.failure.message)
      return answer.value.filter((job) => job.kind === kind)
    },
    async restart() {
      await page.goto('about:blank')
      await host.close()
      host = await startTestHost(library)
      await enterWindow(page, host)
    },
    async close() {
      await browser.close()
      await host.close()
      vi.unstubAllEnvs()
      removeFolder(home)
    },
  }
}

function listenForComplaints(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return complaints
}

const axeSource = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

async function axeViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource)
  return page.evaluate(async () => {
    // The script above put it there.
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> }
    }
    return (await axe.run()).violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    )
  })
}
