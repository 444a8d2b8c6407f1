namespace Navi.LoadTests.Costs;

/// <summary>What ratios of pairs say about the true ratio: their geometric mean and a 95 % confidence interval, by Student's t on their logarithms.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Mean">The geometric mean.</param>
/// <param name="Upper">Its upper end.</param>
internal sealed record RatioInterval(double Lower, double Mean, double Upper)
{
    // The normal distribution's 97.5 % quantile.
    private const double Z = 1.9599639845400545;

    /// <summary>The interval of at least two ratios above zero.</summary>
    public static RatioInterval Of(IReadOnlyList<double> ratios)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ratios.Count, 2);
        var logs = ratios.Select(r => Math.Log(r)).ToList();
        var mean = logs.Average();
        var error = Math.Sqrt(logs.Sum(l => (l - mean) * (l - mean)) / (logs.Count - 1) / logs.Count);
        var half = Quantile(logs.Count - 1) * error;
        return new RatioInterval(Math.Exp(mean - half), Math.Exp(mean), Math.Exp(mean + half));
    }

    /// <summary>Student's 97.5 % quantile by its expansion around the normal one (Abramowitz and Stegun, 26.7.5); from 7 degrees of freedom on right to three digits.</summary>
    public static double Quantile(int freedom)
    {
        double n = freedom, z3 = Math.Pow(Z, 3), z5 = Math.Pow(Z, 5), z7 = Math.Pow(Z, 7), z9 = Math.Pow(Z, 9);
        return Z + ((z3 + Z) / (4 * n)) + (((5 * z5) + (16 * z3) + (3 * Z)) / (96 * n * n)) + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * Z)) / (384 * n * n * n))
            + (((79 * z9) + (776 * z7) + (1482 * z5) - (1920 * z3) - (945 * Z)) / (92_160 * n * n * n * n));
    }
}
