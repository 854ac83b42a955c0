import type { AppContext } from './context.ts'
import type { Bridge } from './bridge.ts'
import { Engine } from './state/Engine.svelte.ts'
import { Jobs } from './state/Jobs.svelte.ts'
import { Library } from './state/Library.svelte.ts'
import { Shell } from './state/Shell.svelte.ts'

/** Builds the state of the window around a bridge and keeps it fed with what the application tells. */
export function createAppContext(bridge: Bridge): AppContext {
  const shell = new Shell()
  const jobs = new Jobs(bridge.call)
  const library = new Library(bridge.call)
  const engine = new Engine(bridge.call)

  bridge.onEvent((event) => {
    jobs.receive(event)
    library.receive(event)
    engine.receive(event)
    if (event.kind === 'notice') shell.tell(event.message)
  })
  bridge.onConnection((connection) => {
    if (connection === 'connected') {
      void shell.attempt('The library could not be read', () =>
        Promise.all([jobs.load(), library.load(), engine.load()]),
      )
    }
  })
  return { bridge, shell, jobs, library, engine }
}
