import type { Page } from 'playwright-core'
import type { FarmState } from '../../src/shared/contract/farm-state.ts'
import type { ClientMessage, ServerMessage } from '../../src/shared/contract/transport.ts'

/** The farm of a page, as a test says it is; everything else the page asks of its host. To be called before the page is opened. */
export async function scriptFarm(page: Page, describe: () => FarmState | null): Promise<void> {
  await page.routeWebSocket(/\/socket$/, (socket) => {
    const host = socket.connectToServer()
    socket.onMessage((text) => {
      const message = JSON.parse(String(text)) as ClientMessage // the window's own words
      if (message.kind !== 'call' || message.name !== 'farm:describe') return host.send(text)
      const answer: ServerMessage = { kind: 'answer', callId: message.callId, response: describe() }
      socket.send(JSON.stringify(answer))
    })
  })
}
