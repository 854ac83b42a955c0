import { renderMediaId, sourceMediaId, type MediaId } from '../../shared/contract/media.ts'
import { readColumns, type PeakColumn, type Peaks } from '../../shared/dsp/peaks.ts'
import { takeStretches } from '../../shared/project/comp.ts'
import type { Project, Region } from '../../shared/project/model.ts'
import type { Samples } from '../../shared/units/time.ts'
import type { RegionState } from '../state/region-state.ts'
import type { Heard } from '../state/Transport.svelte.ts'
import { tokenColor } from './paint/tokens.ts'
import type { WaveInk } from './paint/waveform.ts'

/** A stretch of a region's wave: which media it is drawn from, and from where in it. Always what one hears. */
export interface DrawnStretch {
  readonly mediaId: MediaId
  /** Where in the media the region begins, though the stretch may begin later. */
  readonly startSamples: Samples
  /** From the region's start. */
  readonly fromSamples: Samples
}

export interface DrawnSound {
  readonly stretches: readonly DrawnStretch[]
  readonly isConverted: boolean
}

export function drawnSound(project: Project, region: Region, listensTo: Heard): DrawnSound {
  const isWanted = region.heard === 'converted' && listensTo === 'converted'
  const takes = isWanted ? takeStretches(region, project.rateHz) : []
  if (takes.length > 0) {
    const stretches = takes.map(({ render, startSamples, fadeInSamples }) => ({
      mediaId: renderMediaId(project.id, render.key),
      startSamples: region.sourceStartSamples - render.sourceStartSamples,
      fromSamples: startSamples + fadeInSamples / 2 - region.sourceStartSamples,
    }))
    return { stretches, isConverted: true }
  }
  const mediaId = sourceMediaId(project.id, region.sourceId)
  return { stretches: [{ mediaId, startSamples: region.sourceStartSamples, fromSamples: 0 }], isConverted: false }
}

/** Hands out the same object for the same sound: an edit elsewhere in the song then draws nothing anew. */
export function createSoundKeeper(): (sound: DrawnSound) => DrawnSound {
  let kept: DrawnSound | null = null
  return (sound) => (kept = kept && isSameSound(kept, sound) ? kept : sound)
}

const isSameSound = (a: DrawnSound, b: DrawnSound): boolean =>
  a.isConverted === b.isConverted &&
  a.stretches.length === b.stretches.length &&
  a.stretches.every((stretch, index) => {
    const other = b.stretches[index]
    return (
      stretch.mediaId === other.mediaId &&
      stretch.startSamples === other.startSamples &&
      stretch.fromSamples === other.fromSamples
    )
  })

const silence: PeakColumn = { min: 0, max: 0, rms: 0 }

/** The columns of a part of a region's wave; flat where peaks are not there (yet). */
export function soundColumns(
  { stretches }: DrawnSound,
  peaksOf: (id: MediaId) => Peaks | null,
  {
    first,
    width,
    samplesPerColumn,
  }: { readonly first: number; readonly width: number; readonly samplesPerColumn: number },
): PeakColumn[] {
  const columns: PeakColumn[] = Array.from({ length: width }, () => silence)
  stretches.forEach((stretch, index) => {
    const columnAt = (samples: number): number => Math.round(samples / samplesPerColumn) - first
    const from = Math.max(0, index === 0 ? 0 : columnAt(stretch.fromSamples))
    const next = stretches[index + 1]
    const until = Math.min(width, next ? columnAt(next.fromSamples) : width)
    const peaks = until > from ? peaksOf(stretch.mediaId) : null
    if (!peaks) return
    const start = stretch.startSamples + (first + from) * samplesPerColumn
    readColumns(peaks, start, samplesPerColumn, until - from).forEach((column, at) => (columns[from + at] = column))
  })
  return columns
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
