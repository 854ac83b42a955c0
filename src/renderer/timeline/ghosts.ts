import type { Region } from '../../shared/project/model.ts'
import { trackOf } from '../../shared/project/queries.ts'
import type { Samples } from '../../shared/units/time.ts'
import type { Editor } from '../state/Editor.svelte.ts'
import type { Landing } from '../state/landing.ts'
import { trackColor } from './track-color.ts'
import type { Ghost } from './TimelineUi.svelte.ts'

/** Outlines of regions as they would lie, with who would sing and how; on a lane that is still to come there are none. */
export function ghostsOf(
  editor: Editor,
  regions: readonly Region[],
  lanes: Landing['lanes'],
  bySamples: Samples,
): readonly Ghost[] {
  if (lanes === 'new') return []
  return regions.map((region) => {
    const lane = lanes?.get(region.id) ?? trackOf(editor.session.project, region)
    return {
      id: region.id,
      trackId: lane?.id ?? region.trackId,
      startSamples: region.startSamples + bySamples,
      durationSamples: region.durationSamples,
      label: lane && lane.kind !== 'source' ? performanceWords(editor, region, lane.name) : region.name,
      color: lane ? trackColor(lane, editor.catalog.performers) : 'var(--source)',
    }
  })
}

/** "Mira – sad 60 %"; neutral goes without saying. */
function performanceWords(editor: Editor, region: Region, singerName: string): string {
  const emotion = region.performance?.emotion
  const label = editor.catalog.emotions.find((known) => known.id === emotion?.emotionId)?.label
  return emotion && label && emotion.emotionId !== 'neutral'
    ? `${singerName} – ${label.toLowerCase()} ${Math.round(emotion.intensity * 100)} %`
    : singerName
}
