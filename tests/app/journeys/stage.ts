import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../../support/sung-voice.ts'
import type { Recordings } from '../../support/story/recordings.ts'
import { controlsOf, type Controls } from '../../support/story/controls.ts'
import { openStudioPage, type StudioPage } from '../../support/story/studio-page.ts'
import { timelineView, type TimelineView } from '../../support/story/timeline-view.ts'
import { createRandom } from '../../../src/shared/base/random.ts'
import { handOf, type Hand, type Way } from './hand.ts'

/** What the ten journeys of one way share: they are walked one after another, in one window, with one library. */
export interface Stage {
  readonly studio: StudioPage
  readonly hand: Hand
  readonly view: TimelineView
  readonly controls: Controls
  /** One that came with the program. */
  readonly singer: string
  /** Where the song is saved once it is. */
  readonly songPath: string
}

/** One of the ten of the design, and what is done and claimed in it. */
export interface Journey {
  readonly number: number
  readonly name: string
  walk(stage: Stage): Promise<void>
}

export const LEAD_SEC = 4
export const HARMONY_SEC = 3
/** What a song of stems begins with. */
export const PROJECT_RATE_HZ = 48_000
export const brokenName = 'Broken.wav'
/** The clips that nothing can be learned from. */
export const badClipNames = ['Empty room.wav', 'Hiss.wav'] as const

export async function openStage(way: Way): Promise<Stage> {
  const studio = await openStudioPage(`journey-${way}`, writeRecordings)
  const listed = await studio.host.application.call('singer:list', {})
  const shipped = listed.ok ? listed.value.find(({ origin }) => origin === 'shipped') : undefined
  if (!shipped) throw new Error('no singer came with the program')
  return {
    studio,
    hand: handOf(way, studio),
    view: timelineView(studio.page),
    controls: controlsOf(studio.page),
    singer: shipped.name,
    songPath: join(studio.home, 'Songs', 'Stems.understudy'),
  }
}

/** Short stems, a file that is no sound, clips to learn from, and clips that are none. */
function writeRecordings(home: string): Recordings {
  const [stems, clips] = ['Stems', 'Clips', 'Songs', 'Exports', 'Elsewhere'].map((name) => {
    const folder = join(home, name)
    mkdirSync(folder)
    return folder
  })
  writeVoice(join(stems, 'Lead.wav'), [sungVoice('lead').subarray(0, LEAD_SEC * VOICE_RATE_HZ)])
  writeVoice(join(stems, 'Harmony.wav'), [sungVoice('harmony').subarray(0, HARMONY_SEC * VOICE_RATE_HZ)])
  writeFileSync(join(stems, brokenName), 'This is a letter, and no sound.')
  const clipNames = [1, 2].map((seed) => `Nadia ${seed}.wav`)
  for (const [index, name] of clipNames.entries()) writeVoice(join(clips, name), [sungVoice('high', index + 1)])
  const random = createRandom(1)
  const hiss = Float32Array.from({ length: 5 * VOICE_RATE_HZ }, () => random.normal() * 0.1)
  writeVoice(join(clips, badClipNames[0]), [new Float32Array(5 * VOICE_RATE_HZ)])
  writeVoice(join(clips, badClipNames[1]), [hiss])
  return { stemNames: ['Lead.wav', 'Harmony.wav'], truncatedName: brokenName, clipNames }
}
