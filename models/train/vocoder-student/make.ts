import { makeVocoder } from '../make-vocoder.ts'

await makeVocoder({ network: 'parallel-wavenet', name: 'Parallel WaveNet vocoder', command: 'vocoder-student' })
