import { renderMediaId, sourceMediaId } from '../../shared/contract/media.ts'
import type { Project, Region } from '../../shared/project/model.ts'
import { audibleRegions } from '../../shared/project/queries.ts'
import { dbToGain } from '../../shared/units/level.ts'
import type { Arrangement, Part, Sound, Strip } from '../audio/arrangement.ts'

/** The document as sound: what the engine plays. */
export function arrangementOf(project: Project): Arrangement {
  const hasSolo = project.tracks.some((track) => track.isSoloed)
  const strips: Strip[] = project.tracks.map((track) => ({
    id: track.id,
    gainDb: track.gainDb,
    pan: track.pan,
    isSilent: track.isMuted || (hasSolo && !track.isSoloed),
  }))
  // Lanes are silenced by their strip, so that a solo does not have to start everything anew.
  const everyLane = {
    ...project,
    tracks: project.tracks.map((track) => ({ ...track, isMuted: false, isSoloed: false })),
  }
  return { rateHz: project.rateHz, strips, parts: audibleRegions(everyLane).map((region) => partOf(project, region)) }
}

function partOf(project: Project, region: Region): Part {
  return {
    id: region.id,
    stripId: region.trackId,
    startSamples: region.startSamples,
    durationSamples: region.durationSamples,
    original: { mediaId: sourceMediaId(project.id, region.sourceId), startSamples: region.sourceStartSamples },
    converted: convertedSound(project, region),
    gain: dbToGain(region.gainDb),
    fadeInSamples: region.fadeInSamples,
    fadeOutSamples: region.fadeOutSamples,
    heard: region.heard,
  }
}

/** The render where it covers the region; a region that was drawn out beyond it is heard as the original until it is converted. */
function convertedSound(project: Project, region: Region): Sound | null {
  const { render } = region
  if (!render || !region.performance) return null
  const startSamples = region.sourceStartSamples - render.sourceStartSamples
  const covers = startSamples >= 0 && startSamples + region.durationSamples <= render.durationSamples
  return covers ? { mediaId: renderMediaId(project.id, render.key), startSamples } : null
}
