import { renderMediaId, sourceMediaId } from '../../shared/contract/media.ts'
import { spanningRender, takeStretches, type TakeStretch } from '../../shared/project/comp.ts'
import type { Project, Region, Render } from '../../shared/project/model.ts'
import { audibleRegions } from '../../shared/project/queries.ts'
import { dbToGain } from '../../shared/units/level.ts'
import type { Arrangement, Part, Sound, Strip, TakeSound } from '../audio/arrangement.ts'

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
  const stretches = takeStretches(region, project.rateHz)
  return {
    id: region.id,
    stripId: region.trackId,
    startSamples: region.startSamples,
    durationSamples: region.durationSamples,
    original: { mediaId: sourceMediaId(project.id, region.sourceId), startSamples: region.sourceStartSamples },
    converted: convertedSound(project, region, stretches),
    takes: stretches.length > 1 ? stretches.map((stretch) => takeSound(project, region, stretch)) : [],
    gain: dbToGain(region.gainDb),
    fadeInSamples: region.fadeInSamples,
    fadeOutSamples: region.fadeOutSamples,
    heard: region.heard,
  }
}

/** The render where it covers the region; one that was drawn out beyond it is heard as the original until it is converted. */
function convertedSound(project: Project, region: Region, stretches: readonly TakeStretch[]): Sound | null {
  const render = spanningRender(region, stretches)
  return render && soundIn(project, region, render)
}

const soundIn = (project: Project, region: Region, render: Render): Sound => ({
  mediaId: renderMediaId(project.id, render.key),
  startSamples: region.sourceStartSamples - render.sourceStartSamples,
})

function takeSound(project: Project, region: Region, stretch: TakeStretch): TakeSound {
  const { mediaId, startSamples } = soundIn(project, region, stretch.render)
  const toTimeline = region.startSamples - region.sourceStartSamples
  return {
    mediaId,
    mediaStartSamples: startSamples,
    startSamples: stretch.startSamples + toTimeline,
    endSamples: stretch.endSamples + toTimeline,
    fadeInSamples: stretch.fadeInSamples,
    fadeOutSamples: stretch.fadeOutSamples,
  }
}
