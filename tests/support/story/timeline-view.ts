import { readFileSync, statSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'

/** What the timeline shows of the song, as a person with or without a screen reads it. */
export interface TimelineView {
  /** A region by the beginning of its name, which says its state too. */
  region(name: string): Locator
  /** A region of a singer's lane. */
  sung(name: string): Locator
  /** What every region says of itself, lane by lane, with its place in pixels. */
  everything(): Promise<readonly string[]>
  playheadSamples(): Promise<number>
  isPlaying(): Promise<boolean>
  /** From now on, every state that sung regions pass through and everything that is announced. */
  record(): Promise<void>
  recorded(): Promise<{ readonly states: readonly string[]; readonly announcements: readonly string[] }>
}

interface Recording {
  readonly states: string[]
  readonly announcements: string[]
}
declare global {
  interface Window {
    storyRecording?: Recording
  }
}

export function timelineView(page: Page): TimelineView {
  const regions = page.locator('[data-region]')
  return {
    region: (name) => page.locator(`[data-region][aria-label^="${name}, "]`).first(),
    sung: (name) => page.locator(`[data-region]:not(.source)[aria-label^="${name}, "]`).first(),
    everything: () =>
      regions.evaluateAll((all) =>
        all.map((one) => `${one.getAttribute('aria-label')} at ${one.style.left} for ${one.style.width}`),
      ),
    playheadSamples: async () =>
      Number(await page.getByRole('slider', { name: 'Playhead' }).getAttribute('data-playhead-samples')),
    isPlaying: async () =>
      (await page.getByRole('button', { name: 'Play', exact: true }).getAttribute('aria-pressed')) === 'true',
    record: () => page.evaluate(startRecording),
    async recorded() {
      const { states, announcements } = await page.evaluate(
        () => window.storyRecording ?? { states: [], announcements: [] },
      )
      return { states, announcements: announcements.map((text) => text.trim()) }
    },
  }
}

function startRecording(): void {
  const recording: Recording = { states: [], announcements: [] }
  window.storyRecording = recording
  const add = (list: string[], text: string): void => {
    if (text !== '' && list.at(-1) !== text) list.push(text)
  }
  const look = (): void => {
    for (const region of document.querySelectorAll<HTMLElement>('[data-region]:not(.source)')) {
      add(recording.states, region.dataset.state ?? '')
    }
    // As it is: the same words said twice differ by a space that nobody hears.
    add(recording.announcements, document.querySelector('[role=status][aria-live=polite]')?.textContent ?? '')
  }
  look()
  new MutationObserver(look).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ['data-state'],
  })
}

/** A saved song, to be compared as a whole. */
export const readSong = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

/** When a song was last written; 0 when it never was. */
export const writtenAtMs = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
