/* Dual-buffer non-local means, guided by albedo and normals.
 *
 * Two independently seeded renders of one picture (a, b) give both an estimate
 * of the noise and a pair to cross-filter: the weights found in one are applied
 * to the other, so noise never steers its own removal.
 *
 * Build: cc -O3 -march=native -ffast-math -fopenmp -shared -fPIC denoise.c -o denoise.so -lm
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

static inline int clampi(int v, int lo, int hi) { return v < lo ? lo : (v > hi ? hi : v); }

/* a, b: w*h*4 linear RGBA; feat: w*h*6 (albedo, normal); out: w*h*4. */
void denoise(const float *a, const float *b, const float *feat, float *out,
             int w, int h, int radius, float k, float sigma_albedo, float sigma_normal)
{
    size_t n = (size_t)w * h;
    float *ga = malloc(n * 3 * sizeof(float)), *gb = malloc(n * 3 * sizeof(float));
    float *raw = malloc(n * sizeof(float)), *var = malloc(n * sizeof(float));
    float *g[2] = {ga, gb};
    const float *src[2] = {a, b};
    float ia = 1.0f / (sigma_albedo * sigma_albedo), in = 1.0f / (sigma_normal * sigma_normal);

    #pragma omp parallel for
    for (size_t i = 0; i < n; i++) {
        float s = 0;
        for (int c = 0; c < 3; c++) {
            float x = logf(1 + 4 * fmaxf(a[i * 4 + c], 0)), y = logf(1 + 4 * fmaxf(b[i * 4 + c], 0));
            ga[i * 3 + c] = x;
            gb[i * 3 + c] = y;
            s += (x - y) * (x - y);
        }
        raw[i] = s / 6;
    }
    #pragma omp parallel for
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            float s = 0;
            for (int j = -3; j <= 3; j++)
                for (int i = -3; i <= 3; i++)
                    s += raw[(size_t)clampi(y + j, 0, h - 1) * w + clampi(x + i, 0, w - 1)];
            var[(size_t)y * w + x] = s / 49;
        }
    memset(out, 0, n * 4 * sizeof(float));

    enum { BAND = 32, P = 2 };
    int bands = (h + BAND - 1) / BAND;
    for (int pass = 0; pass < 2; pass++) {
        const float *guide = g[pass], *value = src[1 - pass];
        #pragma omp parallel for schedule(dynamic)
        for (int band = 0; band < bands; band++) {
            int y0 = band * BAND, y1 = y0 + BAND > h ? h : y0 + BAND, rows = y1 - y0 + 2 * P;
            float *d = malloc((size_t)rows * w * sizeof(float)), *hd = malloc((size_t)rows * w * sizeof(float));
            float *acc = calloc((size_t)BAND * w * 5, sizeof(float));
            for (int dy = -radius; dy <= radius; dy++)
                for (int dx = -radius; dx <= radius; dx++) {
                    for (int r = 0; r < rows; r++) {
                        int yp = clampi(y0 + r - P, 0, h - 1), yq = clampi(yp + dy, 0, h - 1);
                        for (int x = 0; x < w; x++) {
                            size_t p = (size_t)yp * w + x, q = (size_t)yq * w + clampi(x + dx, 0, w - 1);
                            float s = 0;
                            for (int c = 0; c < 3; c++) {
                                float t = guide[p * 3 + c] - guide[q * 3 + c];
                                s += t * t;
                            }
                            float vp = var[p], vq = var[q];
                            d[(size_t)r * w + x] =
                                (s / 3 - (vp + fminf(vp, vq))) / (2e-5f + k * k * (vp + vq));
                        }
                        float *row = d + (size_t)r * w, *hr = hd + (size_t)r * w;
                        for (int x = 0; x < w; x++) {
                            float s = 0;
                            for (int i = -P; i <= P; i++) s += row[clampi(x + i, 0, w - 1)];
                            hr[x] = s;
                        }
                    }
                    for (int y = y0; y < y1; y++) {
                        int r = y - y0 + P, yq = clampi(y + dy, 0, h - 1);
                        for (int x = 0; x < w; x++) {
                            float s = 0;
                            for (int i = -P; i <= P; i++) s += hd[(size_t)(r + i) * w + x];
                            s *= 1.0f / ((2 * P + 1) * (2 * P + 1));
                            size_t p = (size_t)y * w + x, q = (size_t)yq * w + clampi(x + dx, 0, w - 1);
                            float fa = 0, fn = 0;
                            for (int c = 0; c < 3; c++) {
                                float t = feat[p * 6 + c] - feat[q * 6 + c];
                                fa += t * t;
                                t = feat[p * 6 + 3 + c] - feat[q * 6 + 3 + c];
                                fn += t * t;
                            }
                            float m = fmaxf(fmaxf(s, 0), fa * ia + fn * in);
                            float weight = m > 12 ? 0 : expf(-m);
                            float *o = acc + ((size_t)(y - y0) * w + x) * 5;
                            for (int c = 0; c < 4; c++) o[c] += weight * value[q * 4 + c];
                            o[4] += weight;
                        }
                    }
                }
            for (int y = y0; y < y1; y++)
                for (int x = 0; x < w; x++) {
                    const float *o = acc + ((size_t)(y - y0) * w + x) * 5;
                    float *t = out + ((size_t)y * w + x) * 4;
                    for (int c = 0; c < 4; c++) t[c] += 0.5f * o[c] / fmaxf(o[4], 1e-8f);
                }
            free(d); free(hd); free(acc);
        }
    }
    free(ga); free(gb); free(raw); free(var);
}
