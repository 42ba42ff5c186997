/** Web Chat could not be had; the message says why and what to do. */
export class FetchWebchatError extends Error {}

/** Puts Microsoft's prebuilt Web Chat into `targetDir`, unless it is there already, and gives its path. */
export function fetchWebchat(targetDir: string): Promise<string>;

/** One file out of an unzipped ustar archive. Reads no further than that file. */
export function readFromTarball(stream: NodeJS.ReadableStream, wanted: string): Promise<Buffer>;
