import * as z from 'zod'
import type { Failure } from '../base/errors.ts'
import type { ApplicationEvent, VerbName } from './verbs.ts'

/**
 * The messages of the headless host's WebSocket, one JSON object each, at `ws://<own host>/socket`.
 * The page finds its token in the URL fragment (`#token=…`), says it in the first message, and sends it as
 * `Authorization: Bearer <token>` with every fetch of `/media/…`, `/peaks/…` and `/upload`.
 * The server answers `welcome` or closes with `SOCKET_REFUSED`.
 */
export const clientMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello'), token: z.string().max(200) }),
  z.object({
    kind: z.literal('call'),
    callId: z.number().int().nonnegative(),
    name: z.string().max(80),
    /** Parsed by the verb's own parser. */
    request: z.unknown(),
  }),
])
export type ClientMessage =
  | { readonly kind: 'hello'; readonly token: string }
  | { readonly kind: 'call'; readonly callId: number; readonly name: VerbName; readonly request: unknown }

export type ServerMessage =
  | { readonly kind: 'welcome' }
  | { readonly kind: 'answer'; readonly callId: number; readonly response: unknown }
  | { readonly kind: 'refusal'; readonly callId: number; readonly failure: Failure }
  | { readonly kind: 'event'; readonly event: ApplicationEvent }

/** Path of the WebSocket on the server's own origin. */
export const SOCKET_PATH = '/socket'
/** Name of the value in the URL's fragment. */
export const TOKEN_FRAGMENT = 'token'
/** Close code for a wrong token or a foreign page (4000–4999 are for applications). */
export const SOCKET_REFUSED = 4401
/** Close code for messages that are no JSON of this contract, or too many of them. */
export const SOCKET_ABUSED = 4400
