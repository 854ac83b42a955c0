import { renderMediaId, sourceMediaId, type MediaId } from '../../shared/contract/media.ts'
import type { Project, Region } from '../../shared/project/model.ts'
import type { RegionState } from '../state/region-state.ts'
import type { Heard } from '../state/Transport.svelte.ts'
import { tokenColor } from './paint/tokens.ts'
import type { WaveInk } from './paint/waveform.ts'

/** Which media a region's wave is drawn from, and from where in it: always what one hears. */
export interface DrawnSound {
  readonly mediaId: MediaId
  readonly startSamples: number
  readonly isConverted: boolean
}

export function drawnSound(project: Project, region: Region, listensTo: Heard): DrawnSound {
  const { render } = region
  const offset = render ? region.sourceStartSamples - render.sourceStartSamples : 0
  const covers = render !== null && offset >= 0 && offset + region.durationSamples <= render.durationSamples
  if (render && covers && region.performance && region.heard === 'converted' && listensTo === 'converted')
    return { mediaId: renderMediaId(project.id, render.key), startSamples: offset, isConverted: true }
  return {
    mediaId: sourceMediaId(project.id, region.sourceId),
    startSamples: region.sourceStartSamples,
    isConverted: false,
  }
}

/** Waves that are not what was asked for stand back: an old render, or a source that waits for a singer. */
const WAITING_ALPHA = 0.62
const QUEUED_ALPHA = 0.72
const UNCONVERTED_ALPHA = 0.75
const FAILED_ALPHA = 0.8

/** The color of a column, given where it lies in the region, 0…1. */
export function waveInk(state: RegionState, isConverted: boolean, singerToken: string): (share: number) => WaveInk {
  const source = tokenColor('source')
  const heard: WaveInk = { color: isConverted ? tokenColor(singerToken) : source, alpha: alphaOf(state) }
  if (state.kind !== 'converting') return () => heard
  const done: WaveInk = { color: tokenColor(singerToken), alpha: 1 }
  const waiting: WaveInk = { color: source, alpha: UNCONVERTED_ALPHA }
  return (share) => (share < state.fraction ? done : waiting)
}

function alphaOf(state: RegionState): number {
  switch (state.kind) {
    case 'assigned':
    case 'stale':
      return WAITING_ALPHA
    case 'queued':
      return QUEUED_ALPHA
    case 'converting':
      return UNCONVERTED_ALPHA
    case 'failed':
      return FAILED_ALPHA
    case 'original':
    case 'replaced':
    case 'missing':
    case 'converted':
      return 1
  }
}
