import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import { desktopChannels, type DesktopBridge, type DesktopCommand } from '../../shared/contract/desktop-bridge.ts'
import type { ApplicationEvent } from '../../shared/contract/verbs.ts'

/** Hears a channel that only the main process sends on; the sender's event object stays on this side. */
function listen<Message>(channel: string, listener: (message: Message) => void): () => void {
  const heard = (_event: IpcRendererEvent, message: Message) => listener(message)
  ipcRenderer.on(channel, heard)
  return () => ipcRenderer.off(channel, heard)
}

/** A page can only hold files that the person gave it; anything else has no path. */
function pathOfFile(file: unknown): string {
  try {
    // What comes over the bridge is a wrapper, of which `instanceof` may say anything; Electron knows a real file.
    return webUtils.getPathForFile(file as File)
  } catch {
    return ''
  }
}

const bridge: DesktopBridge = {
  call: (name, request) => ipcRenderer.invoke(desktopChannels.call, { name, request }),
  onEvent: (listener) => listen<ApplicationEvent>(desktopChannels.event, listener),
  onCommand: (listener) => listen<DesktopCommand>(desktopChannels.command, listener),
  pathsOfFiles: (files) => files.map(pathOfFile),
  chooseFiles: (purpose, kinds) => ipcRenderer.invoke(desktopChannels.chooseFiles, { purpose, kinds }),
  chooseFolder: (purpose) => ipcRenderer.invoke(desktopChannels.chooseFolder, { purpose }),
  chooseSavePath: (purpose, suggestedName, kinds) =>
    ipcRenderer.invoke(desktopChannels.chooseSavePath, { purpose, suggestedName, kinds }),
  showInFolder: (path) => ipcRenderer.invoke(desktopChannels.showInFolder, { path }),
  setDocumentState: (state) => ipcRenderer.invoke(desktopChannels.setDocumentState, state),
  setMenuState: (state) => ipcRenderer.invoke(desktopChannels.setMenuState, state),
  startDrag: (sound) => ipcRenderer.invoke(desktopChannels.startDrag, sound),
  closeWindow: () => ipcRenderer.invoke(desktopChannels.closeWindow, {}),
}

contextBridge.exposeInMainWorld('understudy', bridge)
