using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Platform.Security.SigningKeys;

namespace Navi.Platform.Security.Encryption.Rewrapping;

/// <summary>Finds out which keys there are, what depends on each, and whether this process can use it.</summary>
public sealed class KeyInventory(NaviDatabase database, WrappingKeys wrapping, IOptions<EncryptionOptions> options)
{
    private const int MostFiles = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Reads the database and tries every key on something that it wraps, past all that is kept in memory.</summary>
    public async Task<KeyStatus> ReadAsync(CancellationToken cancellation)
    {
        var counts = new List<EnvelopeCount>();
        foreach (var column in EnvelopedColumns.All)
            counts.AddRange(await database.RunAsync(Scope.System, c => EnvelopeStore.CountAsync(c, column, cancellation), cancellation));
        var used = counts.Where(c => c.KeyId is not null).ToLookup(c => c.KeyId!);
        var others = used.Select(u => u.Key).Concat(Files()).Where(id => id != wrapping.CurrentId).Distinct().Order(StringComparer.Ordinal);
        var keys = new List<WrappingKeyStatus>();
        foreach (var id in others.Prepend(wrapping.CurrentId))
            keys.Add(new WrappingKeyStatus(id, id == wrapping.CurrentId, await ProblemAsync(id, used[id], cancellation), [.. used[id]]));
        var signing = await database.RunAsync(Scope.System, c => SigningKeyStore.StatusAsync(c, cancellation), cancellation);
        return new KeyStatus(keys, [.. counts.Where(c => c.KeyId is null)], signing);
    }

    private async Task<string?> ProblemAsync(string id, IEnumerable<EnvelopeCount> counts, CancellationToken cancellation)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bounded.CancelAfter(Patience);
        try
        {
            var tried = false;
            foreach (var count in counts)
            {
                // A key of this name is not enough: it must be the one that wraps what is there.
                var column = EnvelopedColumns.All.Single(c => c.Table == count.Table && c.Column == count.Column);
                var one = await database.RunAsync(Scope.System, c => EnvelopeStore.OneAsync(c, column, Envelope.HeadOf(WrapAlgorithms.Of(id), id), bounded.Token), bounded.Token);
                if (one is null || !Envelope.TryParse(one, out var envelope))
                    continue;
                CryptographicOperations.ZeroMemory(await wrapping.UnwrapAsync(envelope.Key, bounded.Token));
                tried = true;
            }
            // An old key need only unwrap: it may have been closed to everything else.
            if (!tried || id == wrapping.CurrentId)
                await wrapping.CheckAsync(id, bounded.Token);
            return null;
        }
        catch (EncryptionKeyException e)
        {
            return e.Message;
        }
        catch (CryptographicException e)
        {
            return $"It is not the key that wrapped what is stored: {e.Message}";
        }
        catch (Exception e) when (KeyServiceFailure.Is(e))
        {
            return KeyServiceFailure.Say(e);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"It did not answer within {Patience.TotalSeconds:0} seconds.";
        }
    }

    // Locks are empty files, and what is being written ends in .tmp.
    private IEnumerable<string> Files() => options.Value.KeyDirectory.Length > 0 && Directory.Exists(options.Value.KeyDirectory)
        ? new DirectoryInfo(options.Value.KeyDirectory).EnumerateFiles().Where(f => f.Length > 0 && KeyFile.IsName(f.Name) && f.Extension != ".tmp").Take(MostFiles).Select(f => f.Name)
        : [];
}
