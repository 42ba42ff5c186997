/** Written by the build in place of this name. */
declare const __appVersion: string | undefined;

/** Which build this is: `1.0.0`, or `1.0.0+<commit>` between releases; `unbuilt` from source. */
export const version: string = typeof __appVersion === 'string' ? __appVersion : 'unbuilt';
