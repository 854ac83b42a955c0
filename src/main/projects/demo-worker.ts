import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { assert } from '../../shared/base/assert.ts'
import { makeDemoSong } from '../../shared/synthesizer/index.ts'
import { createWavWriter } from '../files/wav-file.ts'
import { DEMO_RATE_HZ, type DemoStems } from './demo-song.ts'

/** Entry of the thread that sings the demo song, because seconds of singing would hold up everything else. */
assert(parentPort !== null, 'the demo song is sung in a worker thread')
const { folder } = workerData as { folder: string } // demo-song.ts of the same version starts this thread
const song = makeDemoSong(DEMO_RATE_HZ)
mkdirSync(folder, { recursive: true })
const stems: DemoStems = song.stems.map(({ fileName, trackName, recording }) => {
  const path = join(folder, fileName)
  const writer = createWavWriter(path, { rateHz: DEMO_RATE_HZ, channelCount: 1, encoding: 'float32' })
  writer.write([recording.samples])
  writer.finish()
  return { path, fileName, trackName }
})
parentPort.postMessage({ stems, tempo: song.tempo })
