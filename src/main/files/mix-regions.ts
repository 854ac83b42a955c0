import * as fs from 'node:fs'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { correlationOf } from '../../shared/dsp/correlation.ts'
import { spanningRender, stretchEnvelope, takeStretches, type TakeStretch } from '../../shared/project/comp.ts'
import { gainsOver, partEnvelope, type GainPoint } from '../../shared/project/envelope.ts'
import type { Project, Region, Track } from '../../shared/project/model.ts'
import { regionEnd } from '../../shared/project/queries.ts'
import type { Gain } from '../../shared/units/level.ts'
import { dbToGain } from '../../shared/units/level.ts'
import type { Hertz, Samples } from '../../shared/units/time.ts'
import { isCutOff, renderPath, sourcePath } from './media-folder.ts'
import type { MediaReaders } from './media-readers.ts'

/** A region as it sounds in a file: from which media, at which level over time, from which side. */
export interface RegionSound {
  readonly region: Region
  readonly stretches: readonly MediaStretch[]
  readonly isConverted: boolean
  readonly points: readonly GainPoint[]
  readonly trackGain: Gain
  readonly pan: number
}

/** One media file over a span of the timeline, crossfading with the takes before and after it. */
interface MediaStretch {
  readonly path: string
  /** Where in the media the region begins, though the stretch may begin later. */
  readonly mediaStartSamples: Samples
  readonly startSamples: Samples
  readonly endSamples: Samples
  readonly points: readonly GainPoint[]
}

/** Level and media of every region of a file; overlapping regions of one track crossfade as they do when played. */
export function soundsOf(
  project: Project,
  regions: readonly Region[],
  mediaFolder: string,
  readers: MediaReaders,
): RegionSound[] {
  const media = new Map(
    regions.map((region) => [
      region.id,
      requireMedia(region, mediaOf(region, mediaFolder, project.rateHz), mediaFolder),
    ]),
  )
  return regions.map((region) => {
    const track = project.tracks.find((candidate) => candidate.id === region.trackId)
    const own = media.get(region.id) ?? mediaOf(region, mediaFolder, project.rateHz)
    const neighbors = regions
      .filter((other) => other.id !== region.id && other.trackId === region.trackId && overlaps(region, other))
      .map((other) => {
        const others = media.get(other.id) ?? mediaOf(other, mediaFolder, project.rateHz)
        return { part: partOf(other), correlation: likeness(region, own, other, others, readers) }
      })
    return {
      region,
      stretches: stretchesOf(region, own, mediaFolder, readers),
      isConverted: own.isConverted,
      points: partEnvelope(partOf(region), neighbors),
      ...channelOf(track),
    }
  })
}

/** The media of a region one after the other: one, or the takes of its comp. */
function stretchesOf(region: Region, media: Media, mediaFolder: string, readers: MediaReaders): MediaStretch[] {
  const { startSamples, sourceStartSamples, durationSamples } = region
  const { takes, path, mediaStartSamples } = media
  if (takes.length < 2)
    return [{ path, mediaStartSamples, startSamples, endSamples: startSamples + durationSamples, points: [] }]
  const joins = takes.slice(1).map((right, index) => takeLikeness(takes[index], right, mediaFolder, readers))
  return takes.map((take, index) => ({
    path: renderPath(mediaFolder, take.render.key),
    mediaStartSamples: sourceStartSamples - take.render.sourceStartSamples,
    startSamples: startSamples + take.startSamples - sourceStartSamples,
    endSamples: startSamples + take.endSamples - sourceStartSamples,
    points: stretchEnvelope(take, joins[index - 1] ?? 0, joins[index] ?? 0).map(({ atSamples, gain }) => ({
      atSamples: startSamples + atSamples - sourceStartSamples,
      gain,
    })),
  }))
}

/** How alike two takes are where one fades into the other. */
function takeLikeness(left: TakeStretch, right: TakeStretch, mediaFolder: string, readers: MediaReaders): number {
  const [first, second] = [left, right].map(({ render }) => {
    const from = right.startSamples - render.sourceStartSamples
    return readers.read(renderPath(mediaFolder, render.key), from, right.fadeInSamples)[0]
  })
  return correlationOf(first, 0, second, 0, right.fadeInSamples)
}

/**
 * Adds what sounds in a block of the output that begins at `blockStart` on the timeline. Every number is rounded where
 * the window's graph of nodes rounds it, and in its order: regions add up in their track, then come its gain and place.
 */
export function addSounds(
  sounds: readonly RegionSound[],
  block: readonly Float32Array[],
  blockStart: Samples,
  readers: MediaReaders,
): void {
  const blockEnd = blockStart + block[0].length
  const heard = sounds.filter(({ region }) => region.startSamples < blockEnd && regionEnd(region) > blockStart)
  for (const [first, ...others] of Map.groupBy(heard, ({ region }) => region.trackId).values()) {
    const lane = block.map(({ length }) => new Float32Array(length))
    for (const sound of [first, ...others]) {
      for (const stretch of sound.stretches) addStretch(sound, stretch, lane, blockStart, readers)
    }
    for (const channel of lane) scale(channel, first.trackGain)
    addTo(block, lane.length === 1 ? lane : panned(lane, first.pan), 0)
  }
}

function addStretch(
  sound: RegionSound,
  stretch: MediaStretch,
  lane: readonly Float32Array[],
  blockStart: Samples,
  readers: MediaReaders,
): void {
  const from = Math.max(blockStart, stretch.startSamples)
  const count = Math.min(blockStart + lane[0].length, stretch.endSamples) - from
  if (count <= 0) return
  const mediaStart = stretch.mediaStartSamples + from - sound.region.startSamples
  const channels = readers.read(stretch.path, mediaStart, count)
  for (const points of [stretch.points, sound.points]) {
    if (points.length === 0) continue
    const gains = gainsOver(points, from, count)
    for (const channel of channels) for (let at = 0; at < count; at++) channel[at] *= gains[at]
  }
  addTo(lane, lane.length === 1 ? [toMono(channels)] : channels, from - blockStart)
}

/** One channel sounds on both sides. */
function addTo(output: readonly Float32Array[], channels: readonly Float32Array[], offset: Samples): void {
  for (const [side, channel] of output.entries()) {
    const added = channels[Math.min(side, channels.length - 1)]
    for (let at = 0; at < added.length; at++) channel[offset + at] += added[at]
  }
}

interface Media {
  /** What stands for all of the region: its render, or the source. */
  readonly path: string
  readonly mediaStartSamples: Samples
  readonly isConverted: boolean
  /** What is heard one after the other; empty where it is the source. */
  readonly takes: readonly TakeStretch[]
}

/** The renders where the region is heard converted and they cover it; else the source as it is. */
export function mediaOf(region: Region, mediaFolder: string, rateHz: Hertz): Media {
  const takes = region.heard === 'converted' ? takeStretches(region, rateHz) : []
  const spanning = spanningRender(region, takes)
  const source = { path: sourcePath(mediaFolder, region.sourceId), mediaStartSamples: region.sourceStartSamples }
  if (!spanning) return { ...source, isConverted: takes.length > 0, takes }
  const mediaStartSamples = region.sourceStartSamples - spanning.sourceStartSamples
  return { path: renderPath(mediaFolder, spanning.key), mediaStartSamples, isConverted: true, takes }
}

/** The media, once its file is known to be there and whole. Throws FailureError: file-missing, audio-truncated. */
export function requireMedia(region: Region, media: Media, mediaFolder: string): Media {
  const paths = [media.path, ...media.takes.map((take) => renderPath(mediaFolder, take.render.key))]
  const missing = paths.find((path) => !fs.existsSync(path))
  const broken = missing ?? paths.find(isCutOff)
  if (broken === undefined) return media
  const what = media.isConverted ? 'converted sound' : 'source'
  const remedy = media.isConverted ? 'Convert the region again, or use its original.' : 'Import the file again.'
  throw new FailureError(
    missing === undefined
      ? failure('audio-truncated', `The ${what} of “${region.name}” was cut off.`, remedy, broken)
      : failure('file-missing', `The ${what} of “${region.name}” is not there any more.`, remedy, broken),
  )
}

const partOf = (region: Region) => ({ ...region, gain: dbToGain(region.gainDb) })
const overlaps = (a: Region, b: Region): boolean => a.startSamples < regionEnd(b) && b.startSamples < regionEnd(a)
const channelOf = (track: Track | undefined): { trackGain: Gain; pan: number } => ({
  trackGain: dbToGain(track?.gainDb ?? 0),
  pan: track?.pan ?? 0,
})

/** More of the overlap would not change the law audibly. */
const likenessSamples = 48_000

function likeness(a: Region, aMedia: Media, b: Region, bMedia: Media, readers: MediaReaders): number {
  const start = Math.max(a.startSamples, b.startSamples)
  const count = Math.min(Math.min(regionEnd(a), regionEnd(b)) - start, likenessSamples)
  const [first] = readers.read(aMedia.path, aMedia.mediaStartSamples + start - a.startSamples, count)
  const [second] = readers.read(bMedia.path, bMedia.mediaStartSamples + start - b.startSamples, count)
  return correlationOf(first, 0, second, 0, count)
}

/** By the gain in single precision, as a node of the window has it. A factor of 1 leaves every bit as it was. */
function scale(channel: Float32Array, gain: Gain): void {
  const factor = Math.fround(gain)
  for (let at = 0; at < channel.length; at++) channel[at] *= factor
}

const toMono = (channels: readonly Float32Array[]): Float32Array =>
  channels.length === 1 ? channels[0] : channels[0].map((left, index) => (left + channels[1][index]) / 2)

/** The law of a stereo panner (Web Audio §1.34), whose place is of single precision: the middle changes no bit. */
function panned([left, right]: readonly Float32Array[], pan: number): readonly Float32Array[] {
  if (pan === 0) return [left, right]
  const place = Math.fround(pan)
  const angle = ((pan < 0 ? Math.fround(place + 1) : place) * Math.PI) / 2
  const [toLeft, toRight] = [Math.cos(angle), Math.sin(angle)]
  return pan < 0
    ? [left.map((sample, index) => sample + right[index] * toLeft), right.map((sample) => sample * toRight)]
    : [left.map((sample) => sample * toLeft), right.map((sample, index) => sample + left[index] * toRight)]
}
