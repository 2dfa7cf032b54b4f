/** The folder below the current one in which results are kept, unless somebody names another. */
export const cacheFolder = ".promptlintcache";
