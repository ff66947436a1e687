// Where ProductVideo runs, without a slash at the end. Change both before you deploy.
export const service = 'https://video.example';

// The key of this shop in ProductVideo.
export const shop = 'my-shop';
