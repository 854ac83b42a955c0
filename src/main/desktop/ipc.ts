import { ipcMain, type WebContents } from 'electron'
import * as z from 'zod'
import { failure } from '../../shared/base/errors.ts'
import { desktopChannels, type BridgeOutcome } from '../../shared/contract/desktop-bridge.ts'
import type { Application } from '../application.ts'
import type { Logger } from '../logger.ts'
import { isTrustedSender, type PageOrigin } from './security.ts'

/** The one door for messages of the page: who sent it, what it holds, and what a fault becomes. */
export interface Door {
  handle<Payload, Answer>(
    channel: string,
    payload: z.ZodType<Payload>,
    answer: (payload: Payload, sender: WebContents) => Promise<Answer> | Answer,
  ): void
}

export function createDoor(page: PageOrigin, logger: Logger): Door {
  return {
    handle(channel, payload, answer) {
      ipcMain.handle(channel, async (event, message: unknown) => {
        if (!isTrustedSender(event.senderFrame, page)) {
          logger.warn(`${channel} was refused: it was not the top frame of the page that asked`)
          throw new Error('refused')
        }
        const parsed = payload.safeParse(message)
        if (!parsed.success) throw new Error(`${channel}: ${z.prettifyError(parsed.error)}`)
        try {
          return await answer(parsed.data, event.sender)
        } catch (cause) {
          logger.error(`${channel} ended in a fault`, cause)
          throw new Error(`${channel} ended in a fault of the program`, { cause })
        }
      })
    },
  }
}

const call = z.object({ name: z.string().max(80), request: z.unknown() })

/** Verbs come in by one channel, events go out by another. */
export function serveVerbs(door: Door, application: Application): void {
  door.handle(desktopChannels.call, call, async ({ name, request }): Promise<BridgeOutcome> => {
    const outcome = await application.dispatch(name, request)
    if (!outcome.ok) return outcome
    return isPlain(outcome.value)
      ? { ok: true, response: outcome.value }
      : { ok: false, failure: failure('program-fault', `The answer to ${name} can't be sent.`) }
  })
}

/** Structured cloning throws on functions, and would lose the failure; the verbs answer plain data only. */
const isPlain = (value: unknown): boolean => typeof value !== 'function' && typeof value !== 'symbol'
