import AssayCore
import AssayShapes

extension CollectedEstate {
    /// Puts exported columns below the databases that the estate holds by now; again after more resources came.
    mutating func placeSqlColumns() {
        diagnostics.removeAll { $0.code == SqlColumnPlacement.unplacedCode }
        diagnostics += SqlColumnPlacement.place(&resources, &coverage)
    }
}
