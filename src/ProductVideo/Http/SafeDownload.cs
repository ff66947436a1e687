using System.Buffers;
using System.Net;
using System.Security.Cryptography;

namespace ProductVideo.Http;

/// <summary>
/// Fetches files from addresses that a stranger wrote: a shop, a supplier, a provider. It reaches public hosts only (and the shops on this
/// machine and in its own network that a policy names), sends no cookie, credential or proxy request, and stops at the policy's bytes and time.
/// </summary>
internal sealed class SafeDownload : IDisposable
{
    private readonly SafeDownloadOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _public;
    private readonly HttpMessageInvoker _loopback;
    private readonly HttpMessageInvoker _inside;

    /// <param name="options">Settings.</param>
    /// <param name="resolver">Finds addresses; null asks the machine.</param>
    /// <param name="clock">Measures the time limit; null for the machine's.</param>
    public SafeDownload(SafeDownloadOptions options, IDnsResolver? resolver = null, TimeProvider? clock = null)
        : this(options, resolver, clock, GuardedConnection.DialTcpAsync)
    {
    }

    internal SafeDownload(SafeDownloadOptions options, IDnsResolver? resolver, TimeProvider? clock, Dial dial)
    {
        _options = options;
        _clock = clock ?? TimeProvider.System;
        resolver ??= new SystemDnsResolver();
        _public = new GuardedConnection(resolver, PublicAddress.IsPublic, dial, _clock).ToInvoker(_options.ConnectTimeout, TimeSpan.FromMinutes(2), DecompressionMethods.All);

        // Never kept open: a connection to this machine or its network must not serve a later request whose policy doesn't name it.
        _loopback = new GuardedConnection(resolver, IPAddress.IsLoopback, dial, _clock).ToInvoker(_options.ConnectTimeout, TimeSpan.Zero, DecompressionMethods.All);
        _inside = new GuardedConnection(resolver, address => PublicAddress.IsPublic(address) || PublicAddress.IsPrivate(address), dial, _clock)
            .ToInvoker(_options.ConnectTimeout, TimeSpan.Zero, DecompressionMethods.All);
    }

    /// <summary>Streams the file into <paramref name="destination"/>; it is never held in memory. After an error the destination holds a part of it.</summary>
    /// <exception cref="DownloadException">It was refused or failed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<DownloadResult> ToStreamAsync(string address, DownloadPolicy policy, Stream destination, CancellationToken cancellationToken)
    {
        var first = DownloadRules.Parse(address);
        using var limit = new CancellationTokenSource(policy.Timeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var (response, final) = await FollowAsync(first, policy, both.Token);
            using (response)
                return await ReceiveAsync(response, final, policy, destination, both.Token);
        }
        catch (Exception e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested
            && e is (OperationCanceledException or DownloadException { Refusal: DownloadRefusal.Unreachable }))
        {
            throw DownloadFault.TimedOut(first, policy.Timeout, e);
        }
    }

    public void Dispose()
    {
        _public.Dispose();
        _loopback.Dispose();
        _inside.Dispose();
    }

    private async Task<(HttpResponseMessage Response, Uri Final)> FollowAsync(Uri first, DownloadPolicy policy, CancellationToken cancellationToken)
    {
        DownloadRules.Check(first, policy);
        var onward = Onward(first, policy);
        var response = await SendAsync(first, policy, cancellationToken);
        var address = first;
        for (var redirects = 0; Redirects.IsOne(response, address, out var next); redirects++)
        {
            response.Dispose();
            if (redirects == _options.MaxRedirects)
                throw DownloadFault.TooManyRedirects(address, _options.MaxRedirects);
            try
            {
                if (next is null)
                    throw DownloadFault.InvalidAddress("it can't be read");
                DownloadRules.Check(next, onward);
                response = await SendAsync(next, onward, cancellationToken);
            }
            catch (DownloadException e) when (IsAboutTheAddress(e.Refusal))
            {
                throw DownloadFault.RedirectBlocked(address, e);
            }

            address = next;
        }

        return (response, address);
    }

    /// <summary>A redirect is checked like a first address, and doesn't get from the internet to this machine or its network even where the policy names them.</summary>
    private static DownloadPolicy Onward(Uri first, DownloadPolicy policy) =>
        DownloadRules.IsLoopbackAllowed(first, policy) || DownloadRules.IsInsideAllowed(first, policy) ? policy : policy with { LoopbackAllowed = [], InsideAllowed = [] };

    private static bool IsAboutTheAddress(DownloadRefusal refusal) =>
        refusal is DownloadRefusal.InvalidAddress or DownloadRefusal.SchemeNotAllowed or DownloadRefusal.HostNotAllowed or DownloadRefusal.AddressBlocked;

    private async Task<HttpResponseMessage> SendAsync(Uri address, DownloadPolicy policy, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        var invoker = DownloadRules.IsLoopbackAllowed(address, policy) ? _loopback : DownloadRules.IsInsideAllowed(address, policy) ? _inside : _public;
        try
        {
            return await invoker.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (WireFault.Is(e, cancellationToken))
        {
            // Cancelled though nobody cancelled: the time for one connection is over.
            throw DownloadFault.Of(address, e);
        }
    }

    private static async Task<DownloadResult> ReceiveAsync(
        HttpResponseMessage response, Uri address, DownloadPolicy policy, Stream destination, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
            throw DownloadFault.Status(address, (int)response.StatusCode);
        var type = response.Content.Headers.ContentType?.MediaType;
        var isWanted = type is null ? policy.MayNameNoType : policy.ContentTypes.Any(t => type.StartsWith(t, StringComparison.OrdinalIgnoreCase));
        if (policy.ContentTypes.Count > 0 && !isWanted)
            throw DownloadFault.ContentTypeNotAllowed(address, type);
        if (response.Content.Headers.ContentLength > policy.MaxBytes)
            throw DownloadFault.TooManyBytes(address, policy.MaxBytes);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var length = 0L;
            for (int read; (read = await ReadAsync(body, buffer, address, cancellationToken)) > 0;)
            {
                length += read;
                if (length > policy.MaxBytes)
                    throw DownloadFault.TooManyBytes(address, policy.MaxBytes);
                hash.AppendData(buffer, 0, read);
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return new DownloadResult(length, type, Convert.ToHexStringLower(hash.GetHashAndReset()), address);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What the source does wrong is a failed download; what the destination throws is the caller's own.</summary>
    private static async ValueTask<int> ReadAsync(Stream body, byte[] buffer, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (WireFault.Is(e) || e is InvalidDataException)
        {
            throw DownloadFault.Of(address, e);
        }
    }
}
