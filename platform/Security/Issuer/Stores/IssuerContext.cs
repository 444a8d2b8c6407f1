using Microsoft.EntityFrameworkCore;

namespace Navi.Platform.Security.Issuer.Stores;

/// <summary>OpenIddict's stores on the tables of migration 0009. Used nowhere else: NAVI's own tables are reached through <see cref="Data.NaviDatabase"/>.</summary>
internal sealed class IssuerContext(DbContextOptions<IssuerContext> options, IssuerTenant tenant) : DbContext(options)
{
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries<IOwned>())
        {
            if (entry.State is EntityState.Added && entry.Entity.OrgId is null)
                entry.Entity.OrgId = tenant.Organisation;
            else if (entry.State is EntityState.Modified && entry.Entity.OrgId == IssuerClaims.Nobody && entry.Entity is not IssuerClient)
                entry.Entity.OrgId = tenant.Organisation;
        }
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema("navi").UseOpenIddict<IssuerClient, IssuerAuthorization, IssuerScope, IssuerToken, Guid>();
        modelBuilder.Entity<IssuerClient>().ToTable("issuer_clients").Property(c => c.CreatedAt).HasDefaultValueSql("now()").ValueGeneratedOnAdd();
        modelBuilder.Entity<IssuerAuthorization>().ToTable("issuer_authorizations");
        modelBuilder.Entity<IssuerScope>().ToTable("issuer_scopes");
        modelBuilder.Entity<IssuerToken>().ToTable("issuer_tokens");
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
            property.SetColumnName(ColumnName(property.Name));
    }

    // ConcurrencyToken → concurrency_token
    private static string ColumnName(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
}
