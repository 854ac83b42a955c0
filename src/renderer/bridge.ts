import type { DesktopBridge } from '../shared/contract/desktop-bridge.ts'
import { createDesktopBridge } from './hosts/desktop-host.ts'
import { createHeadlessBridge } from './hosts/headless-host.ts'
import type { Bridge, Connection, PathPicker } from './hosts/host.ts'

export type { Bridge, Connection, PathPicker, PathQuestion } from './hosts/host.ts'

declare global {
  interface Window {
    /** Put there by the preload of the desktop host; absent in a browser. */
    readonly understudy?: DesktopBridge
  }
}

/**
 * Finds the application: the desktop's bridge if there is one, else the WebSocket of the page's own origin.
 * Settles once the application answers, or refuses; a lost connection is told by `onConnection` and comes back by itself.
 */
export async function connect(pick: PathPicker): Promise<Bridge> {
  const bridge = window.understudy ? createDesktopBridge(window.understudy) : createHeadlessBridge(pick)
  await new Promise<void>((resolve) => {
    const settle = (connection: Connection): void => {
      if (connection !== 'lost') resolve()
    }
    bridge.onConnection(settle)
  })
  return bridge
}
