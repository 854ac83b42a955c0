import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sungVoice, VOICE_RATE_HZ, writeVoice } from '../sung-voice.ts'

/** What a person has on disk before the story begins. */
export interface Recordings {
  readonly stemNames: readonly [string, string]
  /** Its header promises more than it holds. */
  readonly truncatedName: string
  readonly clipNames: readonly string[]
}

/** Long enough to be split, trimmed and compared in. */
export const LEAD_SEC = 8
const HARMONY_SEC = 4
/** A base is tuned with two of these. */
const CLIP_SEC = 6

/** Fills "Stems", "Clips", "Songs" and "Exports" in a folder that is somebody's home. */
export function writeRecordings(homeFolder: string): Recordings {
  const [stems, clips] = ['Stems', 'Clips', 'Songs', 'Exports'].map((name) => {
    const folder = join(homeFolder, name)
    mkdirSync(folder)
    return folder
  })
  const first = (voice: Float32Array, seconds: number) => [voice.subarray(0, seconds * VOICE_RATE_HZ)]
  const lead = writeVoice(join(stems, 'Lead.wav'), first(sungVoice('lead'), LEAD_SEC))
  writeVoice(join(stems, 'Harmony.wav'), first(sungVoice('harmony'), HARMONY_SEC))
  const whole = readFileSync(lead)
  writeFileSync(join(stems, 'Adlibs.wav'), whole.subarray(0, Math.round(whole.length / 3)))
  const clipNames = [1, 2].map((seed) => {
    const name = `Nadia ${seed}.wav`
    writeVoice(join(clips, name), first(sungVoice('high', seed), CLIP_SEC))
    return name
  })
  return { stemNames: ['Lead.wav', 'Harmony.wav'], truncatedName: 'Adlibs.wav', clipNames }
}
