import type { RegionId, SingerId, TrackId } from '../../shared/base/id.ts'
import { mintId } from '../../shared/base/id.ts'
import type { Random } from '../../shared/base/random.ts'
import { addSource, setTempo } from '../../shared/project/edits/document.ts'
import { changePerformance, singRegions } from '../../shared/project/edits/performance.ts'
import { addRegion, newRegion } from '../../shared/project/edits/regions.ts'
import { addTrack, newSingerTrack, newSourceTrack } from '../../shared/project/edits/tracks.ts'
import type { Project, Region, Source } from '../../shared/project/model.ts'
import type { EmotionRequest } from '../../shared/project/performance.ts'
import type { Tempo } from '../../shared/units/tempo.ts'
import { barSeconds } from '../../shared/units/tempo.ts'
import { secondsToSamples, type Hertz } from '../../shared/units/time.ts'

/** Parts of the lead vocal, in bars of the song; each begins before its first breath. */
const PARTS = [
  { name: 'Verse', startBars: 0, endBars: 5 },
  { name: 'Chorus', startBars: 5, endBars: 9 },
  { name: 'Outro', startBars: 9, endBars: 13 },
] as const
/** A part's first breath and consonant stand before its bar line. */
const PICKUP_SEC = 0.6

/** What a singer that needs no training is asked for at once. */
export const FIRST_WISH = { part: 'Verse', emotion: { emotionId: 'neutral', intensity: 0.6 } } as const

/** What is needed of a demo song besides its sounds. */
export interface SongPlan {
  readonly tempo: Tempo
  readonly stems: readonly { readonly trackName: string }[]
}

/** The song with its stems on source tracks, the lead cut into its parts: what the window’s demo opens too. */
export function arrangeDemoSong(empty: Project, song: SongPlan, sources: readonly Source[], random: Random): Project {
  let project = setTempo(empty, song.tempo)
  for (const [index, source] of sources.entries()) {
    const track = newSourceTrack(mintId<TrackId>(random), song.stems[index].trackName)
    project = addTrack(addSource(project, source), track)
    const parts =
      index === 0
        ? partsOf(source, song.tempo, project.rateHz)
        : [{ name: track.name, from: 0, to: source.durationSamples }]
    for (const { name, from, to } of parts) {
      const place = { sourceStartSamples: from, startSamples: from, durationSamples: to - from }
      project = addRegion(
        project,
        newRegion({ id: mintId<RegionId>(random), trackId: track.id, name, sourceId: source.id, ...place }),
      )
    }
  }
  return project
}

function partsOf(source: Source, tempo: Tempo, rateHz: Hertz) {
  const atBar = (bars: number) => secondsToSamples(Math.max(0, bars * barSeconds(tempo) - PICKUP_SEC), rateHz)
  return PARTS.map(({ name, startBars, endBars }, index) => ({
    name,
    from: atBar(startBars),
    to: index === PARTS.length - 1 ? source.durationSamples : atBar(endBars),
  }))
}

/** A singer track on which the singer sings the named parts of the lead, each with its emotion. */
export function letSing(
  project: Project,
  singer: { readonly id: SingerId; readonly name: string },
  wishes: readonly { readonly part: string; readonly emotion: EmotionRequest }[],
  random: Random,
): { readonly project: Project; readonly regions: readonly Region[] } {
  const trackId = mintId<TrackId>(random)
  let changed = addTrack(project, newSingerTrack(trackId, singer.name, singer.id), 1)
  const regions: RegionId[] = []
  for (const { part, emotion } of wishes) {
    const original = Object.values(project.regions).find(
      (region) => region.name === part && region.performance === null,
    )
    if (original === undefined) continue
    const id = mintId<RegionId>(random)
    changed = singRegions(changed, [original.id], trackId, singer.id, () => id)
    changed = changePerformance(changed, [id], (performance) => ({ ...performance, emotion }))
    regions.push(id)
  }
  return { project: changed, regions: regions.map((id) => changed.regions[id]) }
}
