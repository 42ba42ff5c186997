export declare function findDotnet(): number | undefined;
