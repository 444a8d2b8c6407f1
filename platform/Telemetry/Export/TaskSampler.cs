using System.Buffers.Binary;
using OpenTelemetry.Trace;

namespace Navi.Platform.Telemetry.Export;

/// <summary>
/// Takes a share of the traces, all spans of one or none, whichever process asks. It decides by the last seven bytes of the trace id, which W3C Trace Context (level 2) wants random: a task's
/// trace id is its UUID, whose first bytes are the time, and OpenTelemetry's own sampler looks at the first eight.
/// </summary>
/// <param name="share">From 0 to 1.</param>
internal sealed class TaskSampler(double share) : Sampler
{
    private const ulong Range = 1UL << 56;

    // 1 must take all; the product is exact for it.
    private readonly ulong bound = (ulong)(share * Range);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        Span<byte> id = stackalloc byte[16];
        samplingParameters.TraceId.CopyTo(id);
        var chance = BinaryPrimitives.ReadUInt64BigEndian(id[8..]) & (Range - 1);
        return new SamplingResult(chance < bound ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);
    }
}
