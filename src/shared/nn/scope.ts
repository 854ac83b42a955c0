import { engine } from '@tensorflow/tfjs-core'

/** Runs a computation that gives back plain data: every tensor made inside is released, also when it throws. */
export function releasingTensors<Data>(compute: () => Data): Data {
  engine().startScope()
  try {
    return compute()
  } finally {
    engine().endScope()
  }
}
