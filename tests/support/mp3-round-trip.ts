import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { readSound } from '../../src/main/evaluation/read-sound.ts'
import { createWavWriter } from '../../src/main/files/wav-file.ts'
import type { Sound } from './doctor-cases.ts'

/** Whether `lame` is there to make MP3s with: no library of the project does. */
export const hasMp3Encoder = (): boolean => spawnSync('lame', ['--version']).status === 0

/** What is left of a mono sound after MP3, by lame with these settings. */
export function throughMp3(
  { samples, rateHz }: Sound,
  settings: readonly string[],
  workFolder: string,
): Promise<Sound> {
  const [plain, coded] = [join(workFolder, 'plain.wav'), join(workFolder, 'coded.mp3')]
  const writer = createWavWriter(plain, { rateHz, channelCount: 1, encoding: 'pcm16' })
  writer.write([samples])
  writer.finish()
  execFileSync('lame', ['--quiet', '-m', 'm', ...settings, plain, coded])
  return readSound(coded)
}
