import { ConfigService, ID } from '@vendure/core';

/** An id as the shop's interfaces, and so ProductVideo, name it. Resolvers and events have it as the database does. */
export function idInInterfaces(config: ConfigService, id: ID): string {
    const strategy = config.entityOptions.entityIdStrategy;
    return String(strategy ? strategy.encodeId(id as never) : id);
}
