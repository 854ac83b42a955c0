import type { PerformerId, RegionId, TrackId } from '../base/id.ts'
import type { ExportOptions } from '../contract/verbs.ts'
import type { Hertz, Samples } from '../units/time.ts'
import { nameExports, type NameWords } from './export-names.ts'
import type { Project, Region, Track } from './model.ts'
import { audibleRegions, performerOf, regionEnd, regionsOfTrack, songEnd } from './queries.ts'

/** One file that an export will write: which regions sound in it, and the span of the song that it covers. */
export interface PlannedFile {
  /** With its ending, without a folder; unique within the plan. */
  readonly fileName: string
  /** The singer track it is the stem of; null for a mix, a loop and single regions. */
  readonly trackId: TrackId | null
  readonly regionIds: readonly RegionId[]
  /** The span of the song, at the project's rate. */
  readonly startSamples: Samples
  readonly durationSamples: Samples
  readonly rateHz: Hertz
  /** The file's own length, at its rate. */
  readonly writtenSamples: Samples
  /** At most so many for FLAC, which depends on the sound. */
  readonly bytes: number
}

const bytesPerSample = { pcm16: 2, pcm24: 3, float32: 4, flac16: 2, flac24: 3 } as const
const fileEndings = { pcm16: 'wav', pcm24: 'wav', float32: 'wav', flac16: 'flac', flac24: 'flac' } as const
const headerBytes = 44

type Sounds = Pick<PlannedFile, 'trackId' | 'regionIds'> & { readonly words: NameWords }

/**
 * The files that an export with these options writes, in the order of the tracks. All start at the same place and
 * are equally long, so that they line up when dropped at one bar. Empty when there is nothing to write.
 */
export function planExport(
  project: Project,
  options: Omit<ExportOptions, 'folder'>,
  nameOfSinger: (performerId: PerformerId) => string,
): readonly PlannedFile[] {
  const sounds = soundsOf(project, options, nameOfSinger)
  const span = spanOf(project, options, sounds)
  if (sounds.length === 0 || span.end <= span.start) return []
  const durationSamples = span.end - span.start
  const channelCount = options.channels === 'mono' ? 1 : 2
  const rateHz = options.rateHz ?? project.rateHz
  const writtenSamples = Math.round((durationSamples * rateHz) / project.rateHz)
  const bytes = headerBytes + writtenSamples * channelCount * bytesPerSample[options.encoding]
  const fileNames = nameExports(
    options.nameTemplate,
    sounds.map((sound) => sound.words),
    fileEndings[options.encoding],
  )
  return sounds.map(({ trackId, regionIds }, index) => ({
    fileName: fileNames[index],
    trackId,
    regionIds,
    startSamples: span.start,
    durationSamples,
    rateHz,
    writtenSamples,
    bytes,
  }))
}

function soundsOf(
  project: Project,
  options: Omit<ExportOptions, 'folder'>,
  nameOfSinger: (performerId: PerformerId) => string,
): readonly Sounds[] {
  const song = { song: project.name, bpm: String(Math.round(project.tempoMap.tempos[0].bpm * 100) / 100) }
  const mix = (track: string, regions: readonly Region[]): Sounds => ({
    trackId: null,
    regionIds: idsOf(regions),
    words: { ...song, track, singer: '', region: track },
  })
  const singerOf = (track: Track | undefined): string => {
    const performer = track && performerOf(track)
    return performer ? nameOfSinger(performer) : ''
  }
  switch (options.what) {
    case 'mix':
      return audible(project).length === 0 ? [] : [mix('mix', audible(project))]
    case 'loop':
      return project.loop.endSamples > project.loop.startSamples
        ? [
            mix(
              'loop',
              audible(project).filter((region) => overlapsLoop(project, region)),
            ),
          ]
        : []
    case 'selection':
      return options.regionIds
        .map((id) => project.regions[id])
        .filter((region) => region !== undefined)
        .map((region) => {
          const track = project.tracks.find((candidate) => candidate.id === region.trackId)
          const words = { ...song, track: track?.name ?? '', singer: singerOf(track), region: region.name }
          return { trackId: null, regionIds: [region.id], words }
        })
    case 'stems':
      return project.tracks
        .filter((track) => track.kind !== 'source')
        .map((track) => ({ track, regions: regionsOfTrack(project, track.id).filter((region) => !region.isMuted) }))
        .filter(({ regions }) => regions.length > 0)
        .map(({ track, regions }) => ({
          trackId: track.id,
          regionIds: idsOf(regions),
          words: { ...song, track: track.name, singer: singerOf(track), region: '' },
        }))
  }
}

function spanOf(
  project: Project,
  options: Omit<ExportOptions, 'folder'>,
  sounds: readonly Sounds[],
): { start: Samples; end: Samples } {
  if (options.what === 'loop') return { start: project.loop.startSamples, end: project.loop.endSamples }
  const regions = sounds.flatMap((sound) => sound.regionIds.map((id) => project.regions[id]))
  const first = regions.reduce((start, region) => Math.min(start, region.startSamples), Infinity)
  const last = regions.reduce((end, region) => Math.max(end, regionEnd(region)), 0)
  return {
    start: options.start === 'zero' ? 0 : first,
    end: options.what === 'selection' ? last : songEnd(project),
  }
}

const idsOf = (regions: readonly Region[]): readonly RegionId[] => regions.map((region) => region.id)
const overlapsLoop = ({ loop }: Project, region: Region): boolean =>
  region.startSamples < loop.endSamples && regionEnd(region) > loop.startSamples
const audible = (project: Project): readonly Region[] =>
  audibleRegions(project).toSorted((a, b) => a.startSamples - b.startSamples)
