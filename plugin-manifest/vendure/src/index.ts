export { ProductVideoPlugin } from './plugin';
export { ProductVideoOptions } from './connection';
export { ProductVideoClip } from './product-video-clip.entity';
