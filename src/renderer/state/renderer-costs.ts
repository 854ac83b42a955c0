import type { Job } from '../../shared/contract/jobs.ts'
import type { RendererId } from '../../shared/project/renderers.ts'

/** Seconds that a second of sound took, by renderer; missing where nothing was converted with it. */
export type RendererCosts = Readonly<Partial<Record<RendererId, number>>>

/** What conversions took here, all of these jobs that did the work together. */
export function rendererCosts(jobs: readonly Job[], rateHz: number): RendererCosts {
  const spent = new Map<RendererId, { renderSec: number; soundSec: number }>()
  for (const { outcome } of jobs) {
    if (outcome?.kind !== 'convert' || outcome.wasCached) continue
    const { renderer } = outcome.render.performance
    const { renderSec, soundSec } = spent.get(renderer) ?? { renderSec: 0, soundSec: 0 }
    const { report } = outcome
    spent.set(renderer, {
      renderSec: renderSec + report.renderSec,
      soundSec: soundSec + report.durationSamples / rateHz,
    })
  }
  return Object.fromEntries([...spent].map(([renderer, { renderSec, soundSec }]) => [renderer, renderSec / soundSec]))
}
