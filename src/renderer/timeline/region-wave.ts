import { renderMediaId, sourceMediaId, type MediaId } from '../../shared/contract/media.ts'
import type { Project, Region } from '../../shared/project/model.ts'
import type { Heard } from '../audio/arrangement.ts'
import type { RegionState } from '../state/region-state.ts'
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

/** The color of a column, given where it lies in the region, 0…1. */
export function waveInk(state: RegionState, isConverted: boolean, singerToken: string): (share: number) => WaveInk {
  const source = tokenColor('source')
  const singer = tokenColor(singerToken)
  switch (state.kind) {
    case 'converting':
      return (share) =>
        share < state.fraction ? { color: singer, alpha: 1 } : { color: source, alpha: UNCONVERTED_ALPHA }
    case 'assigned':
      return () => ({ color: source, alpha: WAITING_ALPHA })
    case 'queued':
      return () => ({ color: source, alpha: QUEUED_ALPHA })
    case 'stale':
      return () => ({ color: isConverted ? singer : source, alpha: WAITING_ALPHA })
    case 'failed':
      return () => ({ color: source, alpha: 0.8 })
    case 'original':
    case 'replaced':
    case 'missing':
    case 'converted':
      return () => ({ color: isConverted ? singer : source, alpha: 1 })
  }
}
