import { admits } from "../manifests/stated-version.ts";
import type { PackageVersions } from "../manifests/package-versions.ts";
import type { AssumedVersion } from "../request/request.ts";
import { behaviours, type Behaviour, type BehaviourName } from "../sdks/behaviours.ts";
import type { CallContext } from "../sdks/sdk.ts";

/** Answers an SDK's questions about the file a call stands in, and keeps which versions the answers rest on. */
export class FileContext implements CallContext {
  readonly #packages: Pick<PackageVersions, "stated">;
  readonly #file: string;
  #asked: Map<string, AssumedVersion> | undefined;

  constructor(packages: Pick<PackageVersions, "stated">, file: string) {
    this.#packages = packages;
    this.#file = file;
  }

  /** The versions that were asked for, in that order. */
  get versions(): readonly AssumedVersion[] {
    return [...(this.#asked?.values() ?? [])];
  }

  /** Forgets what was asked: whoever did so does not know the call. */
  forget(): void {
    this.#asked = undefined;
  }

  holds(name: BehaviourName): boolean {
    const { package: named, since, until }: Behaviour = behaviours[name];
    const { registry, twins = [] } = named;
    const stated = [named.name, ...twins]
      .map((one) => this.#packages.stated({ registry, name: one }, this.#file))
      .find((one) => one !== undefined);
    (this.#asked ??= new Map()).set(named.name, {
      registry,
      name: named.name,
      version: stated?.text,
      file: stated?.file,
    });
    // Of a range the newest version is assumed, as of a package without one.
    if (!stated) return until === undefined;
    return (since === undefined || admits(stated, since)) && (until === undefined || !admits(stated, until));
  }

  isStated(name: BehaviourName): boolean {
    const isTrue = this.holds(name);
    return isTrue && this.#asked?.get(behaviours[name].package.name)?.version !== undefined;
  }
}
