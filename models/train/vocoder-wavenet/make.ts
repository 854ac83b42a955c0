import { makeVocoder } from '../make-vocoder.ts'

await makeVocoder({ network: 'wavenet', name: 'WaveNet vocoder', command: 'vocoder-wavenet' })
